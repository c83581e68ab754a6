package org.clusternet.bench.peers;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function in TorchScript, run by libtorch: for what DJL's own calls do not offer, such as BF16,
 * and without a call from Java for every op. The source is a resource; the archive that libtorch
 * loads (a zip file of the source, a pickled object without parameters, and a version) is made when
 * the function is loaded. Weights are inputs.
 */
final class TorchScript implements AutoCloseable {
  private final Model model;
  private final ParameterStore store;

  /**
   * Loads a function.
   *
   * @param name name of the resource and of the class in it
   */
  TorchScript(String name) {
    model = Model.newInstance(name, "PyTorch");
    try {
      Path folder = Files.createTempDirectory("torchscript");
      Path file = folder.resolve(name + ".pt");
      try {
        write(name, file);
        model.load(folder, name);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      throw new IllegalStateException(name + ": libtorch cannot load it: " + e.getMessage(), e);
    }
    // DJL assumes that the block is in training mode, but loads it in evaluation mode.
    JniUtils.enableTrainingMode((PtSymbolBlock) model.getBlock());
    store = new ParameterStore(model.getNDManager(), false);
  }

  /** Runs the function; in training with gradients if they are being collected. */
  NDList run(NDList inputs, boolean training) {
    Block block = model.getBlock();
    return block.forward(store, inputs, training);
  }

  private static void write(String name, Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
        InputStream source = TorchScript.class.getResourceAsStream(name + ".py")) {
      stored(zip, name + "/data.pkl", pickledObject(name));
      stored(zip, name + "/code/__torch__.py", Objects.requireNonNull(source).readAllBytes());
      stored(zip, name + "/constants.pkl", pickle(")"));
      stored(zip, name + "/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** An object of the class with {@code training = True}, in Python's pickle protocol 2. */
  private static byte[] pickledObject(String name) {
    String key = "training";
    return pickle(
        "c__torch__\n" + name + "\n)\u0081}X" + (char) key.length() + "\0\0\0" + key + "\u0088sb");
  }

  private static byte[] pickle(String opcodes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("\u0080\u0002".getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(opcodes.getBytes(StandardCharsets.ISO_8859_1));
    bytes.write('.');
    return bytes.toByteArray();
  }

  private static void stored(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED); // libtorch's reader maps uncompressed entries
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  @Override
  public void close() {
    model.close();
  }
}
