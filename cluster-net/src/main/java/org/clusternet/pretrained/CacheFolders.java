package org.clusternet.pretrained;

import java.nio.file.Path;
import java.util.Map;

/**
 * Folders of files that can be downloaded again, as in the XDG base directory specification, and
 * the folder in which PyTorch keeps the same files (torch.hub.get_dir).
 */
final class CacheFolders {
  private CacheFolders() {}

  /** {@code CLUSTER_NET_CACHE}, or cluster-net within the user's cache folder. */
  static Path ours(Map<String, String> environment, String home) {
    String own = environment.getOrDefault("CLUSTER_NET_CACHE", "");
    return own.isEmpty() ? user(environment, home).resolve("cluster-net") : Path.of(own);
  }

  /** {@code TORCH_HOME/hub/checkpoints}. */
  static Path torch(Map<String, String> environment, String home) {
    String own = environment.getOrDefault("TORCH_HOME", "");
    Path torch = own.isEmpty() ? user(environment, home).resolve("torch") : Path.of(own);
    return torch.resolve("hub").resolve("checkpoints");
  }

  private static Path user(Map<String, String> environment, String home) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    return cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache);
  }
}
