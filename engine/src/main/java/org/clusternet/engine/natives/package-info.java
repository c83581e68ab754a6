/** Where the native libraries that jars bring along are unpacked to. */
package org.clusternet.engine.natives;
