/**
 * The decision boundary, p(target) = ½ (logit 0): paths that cross it, the distance of pictures
 * from it, minimal sets of pixels that cross it, planes through it, transfer of evolved images to
 * other models, and robustness under small changes. Nothing here writes files.
 */
package org.whisker.boundary;
