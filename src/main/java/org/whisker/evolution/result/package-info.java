/** Tables of evolution: experiments, their runs, generations, images and traces. */
package org.whisker.evolution.result;
