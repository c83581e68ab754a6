/** From an image to a core type: what a trained network says of it and where it looked. */
package org.clusternet.inference;
