/** Work on several threads at once, whose results and failures all reach whoever waits for them. */
package org.whisker.parallel;
