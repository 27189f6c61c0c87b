// Rows go 64 at a time: their codes and products, 64 x 1,536 in four bytes each, stay in a core's
// second cache together with the weights that are passing through.

#include "inference/int8_product.h"

#include <array>
#include <oneapi/dnnl/dnnl.hpp>
#include <optional>
#include <string>
#include <vector>

extern "C" {
int omp_get_max_threads();
void omp_set_num_threads(int);
}

namespace parley {
namespace {

using Type = dnnl::memory::data_type;
using Layout = dnnl::memory::format_tag;

const dnnl::engine& Engine() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

// OpenMP's count of threads is a setting of each thread of the program.
class OneThread {
 public:
  OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

// The product for one count of rows.
struct Step {
  int64_t row_count = 0;
  dnnl::matmul::primitive_desc description;
  dnnl::matmul primitive;
};

Step MakeStep(int64_t row_count, int64_t outputs, int64_t inputs,
              const dnnl::memory::desc& weights) {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  const dnnl::memory::desc codes({row_count, inputs}, Type::u8, Layout::ab);
  const dnnl::memory::desc products({row_count, outputs}, Type::s32, Layout::ab);
  const dnnl::matmul::primitive_desc description(dnnl::matmul::desc(codes, weights, products),
                                                 attributes, Engine());
  return {row_count, description, dnnl::matmul(description)};
}

}  // namespace

struct ProductThread::State {
  OneThread one;
  dnnl::stream stream{Engine()};
  std::vector<uint8_t> scratch;
};

ProductThread::ProductThread() : state_(std::make_unique<State>()) {}
ProductThread::~ProductThread() = default;

struct Int8Product::State {
  int64_t outputs = 0;
  int64_t inputs = 0;
  std::vector<Step> steps;  // The longest first.
  dnnl::memory weights;
};

Int8Product::Int8Product() : state_(std::make_unique<State>()) {}
Int8Product::Int8Product(Int8Product&&) noexcept = default;
Int8Product::~Int8Product() = default;
int64_t Int8Product::outputs() const { return state_->outputs; }
int64_t Int8Product::inputs() const { return state_->inputs; }

Result<Int8Product> Int8Product::Create(std::span<const int8_t> weights, int64_t outputs,
                                        int64_t inputs) {
  Check(std::ssize(weights) == outputs * inputs && inputs <= 1 << 16, "weights of another shape");
  const OneThread one;
  Int8Product product;
  State& state = *product.state_;
  state.outputs = outputs;
  state.inputs = inputs;
  try {
    const dnnl::memory::desc any({inputs, outputs}, Type::s8, Layout::any);
    state.steps.push_back(MakeStep(4 * kRowStep, outputs, inputs, any));
    const dnnl::memory::desc laid_out = state.steps[0].description.weights_desc();
    state.steps.push_back(MakeStep(kRowStep, outputs, inputs, laid_out));
    // oneDNN only reads from it.
    dnnl::memory plain({{inputs, outputs}, Type::s8, Layout::ba}, Engine(),
                       const_cast<int8_t*>(weights.data()));
    state.weights = dnnl::memory(laid_out, Engine());
    dnnl::stream stream(Engine());
    dnnl::reorder(plain, state.weights).execute(stream, plain, state.weights);
    stream.wait();
  } catch (const dnnl::error& error) {
    return Invalid(std::string("oneDNN cannot multiply by these weights: ") + error.what());
  }
  return product;
}

void Int8Product::Multiply(ProductThread& thread, const uint8_t* codes, int64_t row_count,
                           int32_t* products) const {
  Check(row_count % kRowStep == 0, "a count of rows that is no multiple of the step");
  for (const Step& step : state_->steps) {
    const auto scratch_size = step.description.scratchpad_desc().get_size();
    std::vector<uint8_t>& scratch = thread.state_->scratch;
    if (scratch.size() < scratch_size) scratch.resize(scratch_size);
    for (; row_count >= step.row_count; row_count -= step.row_count) {
      // oneDNN only reads from the source.
      const dnnl::memory source(step.description.src_desc(), Engine(), const_cast<uint8_t*>(codes));
      const dnnl::memory target(step.description.dst_desc(), Engine(), products);
      const dnnl::memory pad(step.description.scratchpad_desc(), Engine(), scratch.data());
      step.primitive.execute(thread.state_->stream, {{DNNL_ARG_SRC, source},
                                                     {DNNL_ARG_WEIGHTS, state_->weights},
                                                     {DNNL_ARG_DST, target},
                                                     {DNNL_ARG_SCRATCHPAD, pad}});
      codes += step.row_count * state_->inputs;
      products += step.row_count * state_->outputs;
    }
  }
  thread.state_->stream.wait();
}

}  // namespace parley
