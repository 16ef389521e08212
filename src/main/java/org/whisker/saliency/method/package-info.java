/** The saliency methods, a file each, and their list. */
package org.whisker.saliency.method;
