package org.clusternet.nn.pytorch;

import java.util.List;

/**
 * A Python tuple.
 *
 * @param items its elements, null for None
 */
record Tuple(List<Object> items) {}
