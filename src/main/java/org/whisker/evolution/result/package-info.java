/** Tables of evolution: experiments, their runs, generations and images. */
package org.whisker.evolution.result;
