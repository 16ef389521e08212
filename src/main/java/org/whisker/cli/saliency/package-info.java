/** {@code saliency}: options and text. */
package org.whisker.cli.saliency;
