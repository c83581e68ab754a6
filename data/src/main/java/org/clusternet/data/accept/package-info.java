/**
 * Real clusters: the deprojected profiles of the ACCEPT archive, observed by Chandra (Cavagnolo et
 * al. 2009, ApJS 182, 12), turned into a dataset folder of images and labels.
 */
package org.clusternet.data.accept;
