/** The tables of a diagnosis. */
package org.whisker.diagnosis.result;
