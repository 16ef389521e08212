/** Which pixels a classifier's logit depends on: one file for one method. */
package org.whisker.saliency;
