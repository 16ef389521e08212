/** Saliency maps and their faithfulness as a job. */
package org.whisker.study.saliency;
