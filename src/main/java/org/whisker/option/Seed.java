package org.whisker.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** {@code --seed}, which many records have. */
@Option(names = "--seed", label = "N", defaultValue = "1", help = "Seed of all random numbers.")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Seed {}
