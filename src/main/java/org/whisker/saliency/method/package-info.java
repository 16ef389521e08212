/** The attribution methods, one file each, and their list. */
package org.whisker.saliency.method;
