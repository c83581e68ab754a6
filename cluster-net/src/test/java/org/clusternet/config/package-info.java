/** Tests of the settings and the layers that they come from. */
package org.clusternet.config;
