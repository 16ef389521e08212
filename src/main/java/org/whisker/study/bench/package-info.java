/** Speeds, measured in pairs within one process. */
package org.whisker.study.bench;
