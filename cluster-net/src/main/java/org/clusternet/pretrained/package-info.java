/** Weights that others have trained: where they are kept, and how they are fetched. */
package org.clusternet.pretrained;
