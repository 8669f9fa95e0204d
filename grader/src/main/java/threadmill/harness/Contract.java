package threadmill.harness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks the test class that specifies an exercise. Its methods, JUnit's or jqwik's, may take a
 * {@link Crew}, which is closed after each test and each try.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(JupiterGlue.class)
@AddLifecycleHook(JqwikGlue.class)
public @interface Contract {}
