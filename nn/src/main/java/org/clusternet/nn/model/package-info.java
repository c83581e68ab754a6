/** Models under torchvision's names. */
package org.clusternet.nn.model;
