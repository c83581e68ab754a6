/**
 * What the tests of ops and devices share: sample inputs, a strict comparator, the generic checks.
 */
package org.clusternet.engine.testing;
