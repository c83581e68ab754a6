/** Tests of what the repository holds beside Java: documents and their links, names and samples. */
@NullMarked
package org.clusternet.repository;

import org.jspecify.annotations.NullMarked;
