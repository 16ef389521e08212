/** Results of experiments that several features read, as rows of their tables. */
package org.whisker.ablation.result;
