/**
 * The decision boundary, p(cat) = ½ (logit 0): paths that cross it, how far pictures lie from it,
 * the fewest pixels that cross it, planes through it, whether evolved images lie on the same side
 * for other models, and whether they stay there under small changes. Nothing here writes a file.
 */
package org.whisker.boundary;
