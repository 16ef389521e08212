/**
 * Gradient attacks as a reference beside the searches of {@link org.whisker.boundary}, and the
 * share of pictures that any of them turns within a budget. Nothing here writes files.
 */
package org.whisker.boundary.attack;
