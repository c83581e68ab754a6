class AttentionCrop(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  def mask(self: __torch__.AttentionCrop, heat: Tensor) -> Tensor:
    least, most = torch.aminmax(heat, dim=1, keepdim=True)
    return torch.ge(torch.div_(torch.sub(heat, least), torch.sub(most, least)), 0.69999999999999996)
  def bell(self: __torch__.AttentionCrop, at: Tensor, size: int) -> Tensor:
    x = torch.sub(torch.arange(size, dtype=6), torch.unsqueeze(at, 1))
    return torch.exp(torch.mul(torch.square(torch.div(x, size / 5.0)), -0.5))
  def first(self: __torch__.AttentionCrop, any: Tensor) -> Tensor:
    return torch.argmax(torch.to(any, 0), 1, False)
  def last(self: __torch__.AttentionCrop, any: Tensor) -> Tensor:
    return torch.rsub(self.first(torch.flip(any, [1])), torch.size(any, 1) - 1)
  def forward(self: __torch__.AttentionCrop, image: Tensor, map: Tensor, logits: Tensor, weight: Tensor) -> Tuple[Tensor, Tensor]:
    n = torch.size(image, 0)
    height = torch.size(image, 2)
    width = torch.size(image, 3)
    rows = torch.index_select(weight, 0, torch.argmax(logits, 1, False))
    cam = torch.bmm(torch.unsqueeze(rows, 1), torch.flatten(map, 2))
    small = torch.reshape(cam, [n, 1, torch.size(map, 2), torch.size(map, 3)])
    heat = torch.upsample_bilinear2d(small, [height, width], False)
    b1 = self.mask(torch.flatten(heat, 1))
    brightest = torch.argmax(torch.flatten(torch.select(image, 1, 0), 1), 1, False)
    x = self.bell(torch.remainder(brightest, width), width)
    y = self.bell(torch.floor_divide(brightest, width), height)
    b2 = self.mask(torch.flatten(torch.mul(torch.unsqueeze(y, 2), torch.unsqueeze(x, 1)), 1))
    both = torch.reshape(torch.logical_or(b1, b2), [n, height, width])
    columns = torch.any(both, 1)
    lines = torch.any(both, 2)
    box = torch.stack([self.first(columns), self.first(lines), self.last(columns), self.last(lines)], 1)
    crops = annotate(List[Tensor], [])
    for i in range(n):
      at = torch.select(box, 0, i)
      part = torch.slice(image, 0, i, i + 1, 1)
      part1 = torch.slice(part, 2, int(torch.select(at, 0, 1)), int(torch.select(at, 0, 3)) + 1, 1)
      part2 = torch.slice(part1, 3, int(torch.select(at, 0, 0)), int(torch.select(at, 0, 2)) + 1, 1)
      _0 = torch.append(crops, torch.upsample_bilinear2d(part2, [height, width], False))
    return (torch.cat(crops, 0), box)
