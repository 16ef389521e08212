/** {@code evolve}: the search for images, its checkpoints, pictures and page. */
package org.whisker.feature.evolve;
