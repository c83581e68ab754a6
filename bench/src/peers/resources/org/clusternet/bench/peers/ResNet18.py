class ResNet18(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def unit(self: __torch__.ResNet18, x: Tensor, w: List[Tensor], at: int, stride: int, padding: int) -> Tensor:
    y = torch.conv2d(x, torch.to(w[at], 15), None, [stride, stride], [padding, padding], [1, 1], 1)
    return torch.batch_norm(y, w[at + 1], w[at + 2], w[at + 3], w[at + 4], self.training, 0.10000000000000001, 1.0000000000000001e-05, True)
  def block(self: __torch__.ResNet18, x: Tensor, w: List[Tensor], at: int, stride: int) -> Tensor:
    y = torch.relu(self.unit(x, w, at, stride, 1))
    z = self.unit(y, w, at + 5, 1, 1)
    if torch.ne(stride, 1):
      s = self.unit(x, w, at + 10, stride, 0)
    else:
      s = x
    return torch.relu(torch.add(z, s))
  def forward(self: __torch__.ResNet18, x: Tensor, w: List[Tensor]) -> Tensor:
    a = torch.relu(self.unit(torch.to(x, 15), w, 0, 2, 3))
    m = torch.max_pool2d(a, [3, 3], [2, 2], [1, 1], [1, 1], False)
    b = self.block(self.block(m, w, 5, 1), w, 15, 1)
    c = self.block(self.block(b, w, 25, 2), w, 40, 1)
    d = self.block(self.block(c, w, 50, 2), w, 65, 1)
    e = self.block(self.block(d, w, 75, 2), w, 90, 1)
    f = torch.flatten(torch.adaptive_avg_pool2d(e, [1, 1]), 1)
    return torch.to(torch.linear(f, torch.to(w[100], 15), torch.to(w[101], 15)), 6)
