/** Reads what jobs start from: evolved folders, pictures, pixel tables, photos, models by name. */
package org.whisker.study.input;
