/**
 * Jobs at the decision boundary: paths that cross it, margins, minimal sets, counterfactuals, small
 * changes, slices and transfer to other models. Each has a configuration and a result.
 */
package org.whisker.study.boundary;
