package org.whisker.command;

import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.whisker.torch.call.NativeCalls;

/**
 * Ctrl-C. Until a command listens, it ends the process, once libtorch's call is done that is
 * running. From then on the first one (or a SIGTERM) only sets a flag: the loop that polls it
 * finishes its step, the command writes what is done, and whisker exits with {@link
 * ExitCode#INTERRUPTED}. The second ends the process at once.
 */
public final class Interrupts implements BooleanSupplier {
  private static final int TERMINATED = 128 + 15; // as of any process
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final PrintStream err;
  private final Consumer<Runnable> signals;
  private final Runnable end;
  private final AtomicBoolean listening = new AtomicBoolean();
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final AtomicBoolean requested = new AtomicBoolean();

  /**
   * @param signals calls the runnable that it is given at each signal
   * @param end ends the process at once
   */
  public Interrupts(PrintStream err, Consumer<Runnable> signals, Runnable end) {
    this.err = err;
    this.signals = signals;
    this.end = end;
  }

  /** System property: the number of the process that this one works for, and ends with. */
  public static final String PARENT = "whisker.parent";

  /**
   * Environment variable: the same. Its number is handed over: a process whose starter is gone
   * already would take another one for it.
   */
  static final String PARENT_VARIABLE = "WHISKER_PARENT";

  /** The signals of this process. */
  static Interrupts ofProcess(PrintStream err) {
    String parent = System.getProperty(PARENT, System.getenv(PARENT_VARIABLE));
    if (parent != null && parent.matches("[0-9]{1,18}")) {
      endWith(Long.parseLong(parent));
    }
    handle("INT", () -> end(ExitCode.INTERRUPTED));
    handle("TERM", () -> end(TERMINATED));
    return new Interrupts(
        err,
        handler -> {
          handle("INT", handler);
          handle("TERM", handler);
        },
        () -> halt(ExitCode.INTERRUPTED));
  }

  /**
   * Ends this process with another, or at once where that is gone: nobody can tell this one that
   * the other was killed, and what is begun is resumed later.
   */
  private static void endWith(long parent) {
    Runnable end = () -> halt(TERMINATED);
    ProcessHandle.of(parent)
        .ifPresentOrElse(
            process -> {
              CompletableFuture<Void> unused = process.onExit().thenRun(end);
            },
            end);
  }

  private static void end(int exitCode) {
    end(PATIENCE, exitCode, Runtime.getRuntime()::exit);
  }

  private static void halt(int exitCode) {
    end(AT_ONCE, exitCode, Runtime.getRuntime()::halt);
  }

  /** The exit unloads libtorch: under a call that is running, that is a crash. */
  private static void end(Duration patience, int exitCode, IntConsumer end) {
    if (NativeCalls.endAll(patience)) {
      end.accept(exitCode);
    } else {
      NativeCalls.abandonAll(exitCode);
    }
  }

  /**
   * Takes Ctrl-C over. For a command that polls what is returned, once it can keep what is done.
   */
  public BooleanSupplier listen() {
    if (listening.compareAndSet(false, true)) {
      signals.accept(this::signalled);
    }
    return this;
  }

  /** Whether Ctrl-C was pressed since {@link #listen()}. */
  @Override
  public boolean getAsBoolean() {
    return requested.get();
  }

  /**
   * Says that all is done, so that a signal which came in the last step has stopped nothing: the
   * exit code is that of a command that was not stopped.
   */
  public void allIsDone() {
    requested.set(false);
  }

  private void signalled() {
    if (!signalled.compareAndSet(false, true)) {
      end.run();
      return;
    }
    err.println();
    err.println(
        "whisker: stopping after this step, keeping what is done; Ctrl-C again ends at once");
    requested.set(true); // only now: a step may end at once, and the process with it
  }

  /**
   * Handles a signal by reflection: javac warns of {@code sun.misc.Signal} in a way that can't be
   * turned off, though {@code jdk.unsupported} exports it for want of another way. A shutdown hook
   * won't do: the libraries' own hooks would take their memory away under the step that is still
   * running.
   */
  private static void handle(String signal, Runnable handler) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handlerClass.getClassLoader(),
              new Class<?>[] {handlerClass},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  handler.run();
                }
                return null;
              });
      signalClass
          .getMethod("handle", signalClass, handlerClass)
          .invoke(null, signalClass.getConstructor(String.class).newInstance(signal), proxy);
    } catch (ReflectiveOperationException e) {
      // a JVM without it, or started with -Xrs: there Ctrl-C just ends the process
    }
  }
}
