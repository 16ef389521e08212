/**
 * {@code boundary} and its subcommands: paths to the decision boundary, margins, minimal sets,
 * attacks, slices, transfer.
 */
package org.whisker.feature.boundary;
