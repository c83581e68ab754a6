/** What the tests of this module share. */
package org.clusternet.nn.testing;
