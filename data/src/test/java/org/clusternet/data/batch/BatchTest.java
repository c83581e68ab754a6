package org.clusternet.data.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 300})
  void everyTaskRunsOnceAndIsReportedOnce(int threads) {
    AtomicIntegerArray runs = new AtomicIntegerArray(200);
    List<Integer> reports = new ArrayList<>();
    Batch.run(
        200,
        threads,
        (done, total) -> {
          assertEquals(200, total);
          reports.add(done);
        },
        runs::incrementAndGet);
    for (int i = 0; i < 200; i++) {
      assertEquals(1, runs.get(i));
    }
    assertEquals(IntStream.rangeClosed(1, 200).boxed().toList(), reports);
  }

  @Test
  void tasksRunConcurrently() {
    // Either waits for the other: one thread alone would never end.
    CountDownLatch both = new CountDownLatch(2);
    Batch.run(
        2,
        2,
        BatchProgress.NONE,
        i -> {
          both.countDown();
          try {
            both.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertEquals(0, both.getCount());
  }

  @Test
  void emptyBatchReturnsWithoutWork() {
    Batch.run(0, 2, BatchProgress.NONE, i -> assertEquals(-1, i));
  }

  @Test
  void firstFailureStopsFurtherTasksAndIsThrownUnchanged() {
    DataException failure = new DataException("the disk is full");
    for (int threads = 1; threads <= 3; threads++) {
      int workers = threads;
      AtomicInteger begun = new AtomicInteger();
      DataException thrown =
          assertThrows(
              DataException.class,
              () ->
                  Batch.run(
                      1_000_000,
                      workers,
                      BatchProgress.NONE,
                      i -> {
                        begun.incrementAndGet();
                        if (i >= 5) {
                          throw failure;
                        }
                      }));
      assertEquals(failure, thrown);
      // Five succeed, and each thread fails at most once.
      assertTrue(begun.get() >= 6 && begun.get() <= 5 + workers, "begun=" + begun);
    }
  }

  @Test
  void theFailureOfTheLowestNumberIsThrown() {
    for (int trial = 0; trial < 50; trial++) {
      DataException thrown =
          assertThrows(
              DataException.class,
              () ->
                  Batch.run(
                      100,
                      4,
                      BatchProgress.NONE,
                      i -> {
                        if (i == 10) {
                          // The others fail while this one is still under way.
                          LockSupport.parkNanos(1_000_000);
                        }
                        if (i >= 10) {
                          throw new DataException("task " + i);
                        }
                      }));
      assertEquals("task 10", thrown.getMessage());
    }
  }

  @Test
  void errorsAreNotSwallowed() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                Batch.run(
                    3,
                    2,
                    BatchProgress.NONE,
                    i -> {
                      throw new StackOverflowError();
                    }));
    assertInstanceOf(
        StackOverflowError.class, Objects.requireNonNull(thrown.getCause()).getCause());
  }

  @Test
  void interruptionEndsTheBatch() {
    AtomicInteger begun = new AtomicInteger();
    Thread caller = Thread.currentThread();
    assertThrows(
        DataException.class,
        () ->
            Batch.run(
                1_000_000,
                1,
                BatchProgress.NONE,
                i -> {
                  begun.incrementAndGet();
                  caller.interrupt();
                }));
    assertTrue(Thread.interrupted());
    assertTrue(begun.get() < 1_000_000, "begun=" + begun);
  }

  @Test
  void refusesToRunWithoutThreads() {
    assertThrows(
        IllegalArgumentException.class, () -> Batch.run(1, 0, BatchProgress.NONE, i -> {}));
  }
}
