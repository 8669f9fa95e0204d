package threadmill.harness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/**
 * A test that is a {@link threadmill.explore.Scenario}: a method with one parameter of that type,
 * run under every interleaving that matters, or as many as the budget allows. A jqwik property with
 * a parameter of that type is explored too, for each sample.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
public @interface Explore {
  /** The budget: schedules at most. */
  int schedules() default 2_500;
}
