/** Dataset folders: the catalogue and the images that it lists. */
package org.clusternet.data.dataset;
