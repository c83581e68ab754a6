/** Random numbers that depend on nothing but their keys. */
package org.clusternet.data.random;
