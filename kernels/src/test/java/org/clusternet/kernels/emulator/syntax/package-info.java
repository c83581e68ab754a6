/** PTX text to a tree of statements; nothing here knows what an instruction does. */
package org.clusternet.kernels.emulator.syntax;
