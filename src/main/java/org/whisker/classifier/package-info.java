/** What a classifier is, and the card that describes a trained one. */
package org.whisker.classifier;
