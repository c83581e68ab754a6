package org.clusternet.likeness;

/**
 * What the network says of an image.
 *
 * @param group the set of images that it belongs to
 * @param name its file, or the kind and number of a made picture
 * @param features features of the whole image
 * @param logits logits of the prediction
 */
record ShownImage(String group, String name, double[] features, double[] logits) {}
