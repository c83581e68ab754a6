package org.clusternet.pretrained;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of one file on this machine, which can be told to misbehave, a request at a time. */
final class FileServer implements AutoCloseable {

  /** What it does with one request. */
  enum Manner {
    /** Answers, the range that is asked for if one is. */
    SERVE,
    /** Answers with the whole file whatever is asked. */
    IGNORE_RANGE,
    /** Announces the file and hangs up after half of what it should send. */
    BREAK_OFF,
    /** Says that there is no such file. */
    NOT_FOUND,
    /** Says that it is out of order. */
    UNAVAILABLE,
    /** Says that the range is none of the file's. */
    REFUSE_RANGE,
    /** Sends another range than is asked for. */
    OTHER_RANGE,
    /** Says nothing. */
    HANG
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String name;
  private final byte[] content;
  private final Deque<Manner> manners = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();

  /** Serves {@code content} under {@code /models/name}; after the given manners it behaves. */
  FileServer(String name, byte[] content, Manner... manners) throws IOException {
    this.name = name;
    this.content = content.clone();
    this.manners.addAll(List.of(manners));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/models/" + name, this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/models/" + name);
  }

  /** The Range of every request so far, "whole" where there was none. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private synchronized Manner next(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    asked.add(range == null ? "whole" : range);
    return manners.isEmpty() ? Manner.SERVE : manners.remove();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Manner manner = next(exchange);
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    switch (manner) {
      case SERVE, BREAK_OFF -> send(exchange, range == null ? 200 : 206, from, manner);
      case IGNORE_RANGE -> send(exchange, 200, 0, manner);
      case OTHER_RANGE -> send(exchange, 206, from + 1, manner);
      case NOT_FOUND -> exchange.sendResponseHeaders(404, -1);
      case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
      case REFUSE_RANGE -> exchange.sendResponseHeaders(416, -1);
      case HANG -> hang();
    }
    exchange.close();
  }

  private void send(HttpExchange exchange, int status, int from, Manner manner) throws IOException {
    byte[] rest = Arrays.copyOfRange(content, from, content.length);
    if (status == 206) {
      exchange
          .getResponseHeaders()
          .add(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    exchange.sendResponseHeaders(status, rest.length);
    int length = manner == Manner.BREAK_OFF ? rest.length / 2 : rest.length;
    exchange.getResponseBody().write(rest, 0, length);
    exchange.getResponseBody().flush();
  }

  private static void hang() {
    try {
      Thread.sleep(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
