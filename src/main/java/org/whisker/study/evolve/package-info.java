/** Evolution as a job: runs, their checkpoints and files, their dealing out over devices. */
package org.whisker.study.evolve;
