package org.clusternet.nn.pytorch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Python tuple.
 *
 * @param items elements, null for None
 */
record Tuple(List<@Nullable Object> items) {}
