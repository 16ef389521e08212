/**
 * {@code train}, {@code evaluate} and {@code dataset}: training, evaluation, and what is known of
 * the photos.
 */
package org.whisker.feature.train;
