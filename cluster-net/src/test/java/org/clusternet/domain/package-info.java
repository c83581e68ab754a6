/** What a model was trained on, compared with dense algebra. */
@NullMarked
package org.clusternet.domain;

import org.jspecify.annotations.NullMarked;
