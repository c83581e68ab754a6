/*
 * cuDNN's graphs of one convolution, included by fake_cudnn.c, whose loops do the work. Four
 * engines: 0 is not deterministic, 1 rounds F32 to TF32, 2 wants a workspace, 3 makes no plan.
 */
enum {
  CONVOLUTION = 1, ENGINE = 2, CONFIGURATION = 3, HEURISTICS = 4, PLAN = 5, FORWARD = 10,
  BACKWARD_FILTER = 11, BACKWARD_DATA = 12, GRAPH = 15, PACK = 16, TENSOR = 17,
  ENGINES = 4, NONDETERMINISTIC = 4, TENSOR_CORE = 0, MODE_A = 3
};

typedef struct { int pass; Descriptor x, w, y; int64_t ids[3]; Window window; } Work;
typedef struct { int name, type; int64_t count; int64_t values[4]; } Attribute;
typedef struct {
  int type, done, attributes, engine;
  Attribute attribute[16];
  Work work;
} Node;

int cudnnBackendCreateDescriptor(int type, Node **node) {
  *node = calloc(1, sizeof **node);
  (*node)->type = type;
  return 0;
}
int cudnnBackendDestroyDescriptor(Node *node) {
  memset(node, 0x5a, sizeof *node);
  free(node);
  return 0;
}

/* The size of an element: addresses and INT64, or a constant or a float. */
static size_t size_of(int type) {
  return type == 0 || type == 3 || type == 6 || type == 15 ? 8 : 4;
}

int cudnnBackendSetAttribute(Node *node, int name, int type, int64_t count, const void *values) {
  if (node->done || count < 1 || count > 4 || node->attributes == 16) { return BAD_PARAM; }
  Attribute *a = &node->attribute[node->attributes++];
  *a = (Attribute){name, type, count, {0}};
  for (int64_t i = 0; i < count; i++) {
    memcpy(&a->values[i], (const char *)values + i * size_of(type), size_of(type));
    if (type == 15 && !((Node *)a->values[i])->done) { return BAD_PARAM; }
  }
  return 0;
}

static const int64_t *values(const Node *node, int name, int type, int64_t count) {
  for (int i = 0; i < node->attributes; i++) {
    const Attribute *a = &node->attribute[i];
    if (a->name == name && a->type == type && a->count == count) { return a->values; }
  }
  return NULL;
}
static const Node *of_type(const Node *node, int name, int type) {
  const int64_t *v = values(node, name, 15, 1);
  return v && ((Node *)v[0])->type == type ? (Node *)v[0] : NULL;
}
static int is_float(const Node *node, int name, float expected) {
  const int64_t *v = values(node, name, 4, 1);
  return v && !memcmp(v, &expected, 4);
}
static int is(const Node *node, int name, int type, int64_t expected) {
  const int64_t *v = values(node, name, type, 1);
  return v && v[0] == expected;
}

static int tensor(const Node *node, Descriptor *d, int64_t *id) {
  const int64_t *type = values(node, 901, 1, 1), *dims = values(node, 902, 3, 4);
  const int64_t *strides = values(node, 903, 3, 4), *uid = values(node, 906, 3, 1);
  const int64_t *alignment = values(node, 900, 3, 1);
  if (!type || !dims || !strides || !uid || !alignment || strides[1] != 1 ||
      strides[3] != dims[1] || strides[2] != dims[3] * dims[1] ||
      strides[0] != dims[2] * dims[3] * dims[1] || alignment[0] < (*type == FLOAT ? 4 : 2)) {
    return BAD_PARAM;
  }
  *d = (Descriptor){(int)*type, {(int)dims[0], (int)dims[1], (int)dims[2], (int)dims[3]}};
  *id = *uid;
  return 0;
}
static int window(const Node *node, Window *w) {
  const int64_t *pre = values(node, 105, 3, 2), *post = values(node, 104, 3, 2);
  const int64_t *stride = values(node, 103, 3, 2), *dilation = values(node, 102, 3, 2);
  if (!pre || !post || !stride || !dilation || pre[0] != post[0] || pre[1] != post[1] ||
      pre[0] != pre[1] || stride[0] != stride[1] || dilation[0] != 1 || dilation[1] != 1 ||
      !is(node, 100, 1, FLOAT) || !is(node, 101, 7, 1) || !is(node, 106, 3, 2)) {
    return BAD_PARAM;
  }
  *w = (Window){(int)pre[0], (int)stride[0], 0};
  return 0;
}
/* Names of alpha, beta, the window, and of x, w and y, for each of the passes. */
static int operation(Node *node) {
  static const int names[3][6] = {{700, 701, 702, 704, 703, 705},
                                  {706, 707, 708, 710, 709, 711},
                                  {712, 713, 714, 716, 715, 717}};
  Work *work = &node->work;
  work->pass = node->type == FORWARD ? 0 : node->type == BACKWARD_DATA ? 1 : 2;
  const int *name = names[work->pass];
  const Node *c = of_type(node, name[2], CONVOLUTION), *x = of_type(node, name[3], TENSOR);
  const Node *w = of_type(node, name[4], TENSOR), *y = of_type(node, name[5], TENSOR);
  return is_float(node, name[0], 1) && is_float(node, name[1], 0) && c && x && w && y
             ? tensor(x, &work->x, &work->ids[0]) + tensor(w, &work->w, &work->ids[1]) +
                   tensor(y, &work->y, &work->ids[2]) + window(c, &work->window)
             : BAD_PARAM;
}

/* What one descriptor has of another is copied: that one may be destroyed. */
static int copy(Node *node, const Node *from) {
  if (!from) { return BAD_PARAM; }
  node->work = from->work;
  node->engine = from->engine;
  return 0;
}

static int finalize(Node *node) {
  Descriptor d;
  Window w;
  int64_t id;
  switch (node->type) {
    case TENSOR: return tensor(node, &d, &id);
    case CONVOLUTION: return window(node, &w);
    case FORWARD: case BACKWARD_DATA: case BACKWARD_FILTER: return operation(node);
    case GRAPH: {
      const int64_t *v = values(node, 801, 15, 1);
      return is(node, 800, 0, (int64_t)&marker) ? copy(node, v ? (Node *)v[0] : NULL) : BAD_PARAM;
    }
    case HEURISTICS:
      return is(node, 200, 8, MODE_A) ? copy(node, of_type(node, 201, GRAPH)) : BAD_PARAM;
    case PLAN:
      if (!is(node, 400, 0, (int64_t)&marker) || copy(node, of_type(node, 401, CONFIGURATION))) {
        return BAD_PARAM;
      }
      return node->engine == 3 ? NOT_SUPPORTED : 0;
    case PACK:
      return values(node, 1000, 3, 3) && values(node, 1001, 6, 3) && values(node, 1003, 6, 1)
                 ? 0
                 : BAD_PARAM;
    default: return BAD_PARAM;
  }
}
int cudnnBackendFinalize(Node *node) {
  int status = node->done ? BAD_PARAM : finalize(node);
  node->done = !status;
  return status;
}

static int number(int64_t asked, int64_t *count, void *to, int64_t value, size_t size) {
  if (asked < 1) { return BAD_PARAM; }
  *count = 1;
  memcpy(to, &value, size);
  return 0;
}
/* As the real one, it counts configurations before it knows which are supported. */
static int results(const Node *node, int64_t asked, int64_t *count, Node **to) {
  *count = asked ? ENGINES : ENGINES + 1;
  for (int i = 0; i < ENGINES && asked; i++) {
    if (to[i]->type != CONFIGURATION || asked < ENGINES) { return BAD_PARAM; }
    copy(to[i], node);
    to[i]->engine = i;
    to[i]->done = 1;
  }
  return 0;
}
int cudnnBackendGetAttribute(Node *node, int name, int type, int64_t asked, int64_t *count,
                             void *to) {
  if (!node->done) { return BAD_PARAM; }
  if (node->type == HEURISTICS && name == 202 && type == 15) {
    return results(node, asked, count, to);
  }
  if (node->type == CONFIGURATION && name == 300 && type == 15 && asked == 1) {
    Node *engine = *(Node **)to;
    *count = 1;
    engine->done = engine->type == ENGINE;
    return engine->done ? copy(engine, node) : BAD_PARAM;
  }
  if (node->type == ENGINE && name == 1303 && type == 11) {
    *count = 0;
    int note = node->engine ? TENSOR_CORE : NONDETERMINISTIC;
    return node->engine > 1 ? 0 : number(asked, count, to, note, 4);
  }
  if (node->type == ENGINE && name == 1301 && type == 3) {
    return number(asked, count, to, node->engine, 8);
  }
  if (node->type == PLAN && name == 402 && type == 3) {
    return number(asked, count, to, node->engine == 2 ? 4096 : 0, 8);
  }
  return BAD_PARAM;
}

static void *operand(const Node *pack, int64_t id) {
  const int64_t *ids = values(pack, 1000, 3, 3), *addresses = values(pack, 1001, 6, 3);
  for (int i = 0; i < 3; i++) {
    if (ids[i] == id) { return (void *)addresses[i]; }
  }
  return NULL;
}
int cudnnBackendExecute(void *handle, Node *plan, Node *pack) {
  static const float one = 1, zero = 0;
  if (!handle || !plan->done || plan->type != PLAN || !pack->done || pack->type != PACK) {
    return BAD_PARAM;
  }
  Work *work = &plan->work;
  void *x = operand(pack, work->ids[0]), *w = operand(pack, work->ids[1]);
  void *y = operand(pack, work->ids[2]);
  if (!x || !w || !y) { return BAD_PARAM; }
  if (plan->engine == 2) { memset((void *)*values(pack, 1003, 6, 1), 0x5a, 4096); }
  int f32 = work->x.type == FLOAT;
  if (getenv("FAKE_CUDNN")) {
    fprintf(stderr, "engine %d %s\n", plan->engine, f32 ? "F32" : "BF16");
  }
  work->window.math = !f32 ? 1 : plan->engine == 1 ? 0 : 3;
  return convolve(work->pass, &work->x, x, &work->w, w, &work->y, y, &work->window, 0, NULL, 0,
                  &one, &zero);
}
