/** The layers that models are built of, each a few lines over ops of the engine. */
package org.clusternet.nn.layer;
