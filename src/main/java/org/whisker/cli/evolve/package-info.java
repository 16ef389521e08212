/** {@code evolve}: options, and how a search is shown. */
package org.whisker.cli.evolve;
