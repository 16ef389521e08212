/** Photos of cats and of other things: folders of files, their labels, and decoded pixels. */
package org.whisker.dataset;
