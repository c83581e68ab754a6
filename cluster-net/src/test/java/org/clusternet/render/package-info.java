/** Tests of the charts. */
package org.clusternet.render;
