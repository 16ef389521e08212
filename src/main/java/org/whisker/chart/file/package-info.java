/**
 * Drawings as files: formats, the width that they are laid out for, and what made them. Only this
 * package uses PDFBox.
 */
package org.whisker.chart.file;
