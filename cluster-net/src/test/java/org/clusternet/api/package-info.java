/** Tests of the library's front door. */
package org.clusternet.api;
