/**
 * Real clusters: the deprojected profiles of the ACCEPT archive, observed by Chandra (Cavagnolo et
 * al. 2009, ApJS 182, 12), turned into a dataset folder of images and labels.
 */
@NullMarked
package org.clusternet.data.accept;

import org.jspecify.annotations.NullMarked;
