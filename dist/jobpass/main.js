import { createRequire as jobpassCreateRequire } from 'node:module'
const require = jobpassCreateRequire(import.meta.url)
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __knownSymbol = (name, symbol) => (symbol = Symbol[name]) ? symbol : /* @__PURE__ */ Symbol.for("Symbol." + name);
var __typeError = (msg) => {
  throw TypeError(msg);
};
var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x)(function(x) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __using = (stack, value, async) => {
  if (value != null) {
    if (typeof value !== "object" && typeof value !== "function") __typeError("Object expected");
    var dispose, inner;
    if (async) dispose = value[__knownSymbol("asyncDispose")];
    if (dispose === void 0) {
      dispose = value[__knownSymbol("dispose")];
      if (async) inner = dispose;
    }
    if (typeof dispose !== "function") __typeError("Object not disposable");
    if (inner) dispose = function() {
      try {
        inner.call(this);
      } catch (e) {
        return Promise.reject(e);
      }
    };
    stack.push([async, dispose, value]);
  } else if (async) {
    stack.push([async]);
  }
  return value;
};
var __callDispose = (stack, error2, hasError) => {
  var E = typeof SuppressedError === "function" ? SuppressedError : function(e, s, m, _) {
    return _ = Error(m), _.name = "SuppressedError", _.error = e, _.suppressed = s, _;
  };
  var fail = (e) => error2 = hasError ? new E(e, error2, "An error was suppressed during disposal") : (hasError = true, e);
  var next = (it) => {
    while (it = stack.pop()) {
      try {
        var result = it[1] && it[1].call(it[2]);
        if (it[0]) return Promise.resolve(result).then(next, (e) => (fail(e), next()));
      } catch (e) {
        fail(e);
      }
    }
    if (hasError) throw error2;
  };
  return next();
};

// node_modules/yaml/dist/nodes/identity.js
var require_identity = __commonJS({
  "node_modules/yaml/dist/nodes/identity.js"(exports) {
    "use strict";
    var ALIAS = /* @__PURE__ */ Symbol.for("yaml.alias");
    var DOC = /* @__PURE__ */ Symbol.for("yaml.document");
    var MAP = /* @__PURE__ */ Symbol.for("yaml.map");
    var PAIR = /* @__PURE__ */ Symbol.for("yaml.pair");
    var SCALAR = /* @__PURE__ */ Symbol.for("yaml.scalar");
    var SEQ = /* @__PURE__ */ Symbol.for("yaml.seq");
    var NODE_TYPE = /* @__PURE__ */ Symbol.for("yaml.node.type");
    var isAlias2 = (node2) => !!node2 && typeof node2 === "object" && node2[NODE_TYPE] === ALIAS;
    var isDocument = (node2) => !!node2 && typeof node2 === "object" && node2[NODE_TYPE] === DOC;
    var isMap2 = (node2) => !!node2 && typeof node2 === "object" && node2[NODE_TYPE] === MAP;
    var isPair2 = (node2) => !!node2 && typeof node2 === "object" && node2[NODE_TYPE] === PAIR;
    var isScalar2 = (node2) => !!node2 && typeof node2 === "object" && node2[NODE_TYPE] === SCALAR;
    var isSeq2 = (node2) => !!node2 && typeof node2 === "object" && node2[NODE_TYPE] === SEQ;
    function isCollection(node2) {
      if (node2 && typeof node2 === "object")
        switch (node2[NODE_TYPE]) {
          case MAP:
          case SEQ:
            return true;
        }
      return false;
    }
    function isNode(node2) {
      if (node2 && typeof node2 === "object")
        switch (node2[NODE_TYPE]) {
          case ALIAS:
          case MAP:
          case SCALAR:
          case SEQ:
            return true;
        }
      return false;
    }
    var hasAnchor = (node2) => (isScalar2(node2) || isCollection(node2)) && !!node2.anchor;
    exports.ALIAS = ALIAS;
    exports.DOC = DOC;
    exports.MAP = MAP;
    exports.NODE_TYPE = NODE_TYPE;
    exports.PAIR = PAIR;
    exports.SCALAR = SCALAR;
    exports.SEQ = SEQ;
    exports.hasAnchor = hasAnchor;
    exports.isAlias = isAlias2;
    exports.isCollection = isCollection;
    exports.isDocument = isDocument;
    exports.isMap = isMap2;
    exports.isNode = isNode;
    exports.isPair = isPair2;
    exports.isScalar = isScalar2;
    exports.isSeq = isSeq2;
  }
});

// node_modules/yaml/dist/visit.js
var require_visit = __commonJS({
  "node_modules/yaml/dist/visit.js"(exports) {
    "use strict";
    var identity = require_identity();
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove node");
    function visit2(node2, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity.isDocument(node2)) {
        const cd = visit_(null, node2.contents, visitor_, Object.freeze([node2]));
        if (cd === REMOVE)
          node2.contents = null;
      } else
        visit_(null, node2, visitor_, Object.freeze([]));
    }
    visit2.BREAK = BREAK;
    visit2.SKIP = SKIP;
    visit2.REMOVE = REMOVE;
    function visit_(key, node2, visitor, path) {
      const ctrl = callVisitor(key, node2, visitor, path);
      if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visit_(key, ctrl, visitor, path);
      }
      if (typeof ctrl !== "symbol") {
        if (identity.isCollection(node2)) {
          path = Object.freeze(path.concat(node2));
          for (let i = 0; i < node2.items.length; ++i) {
            const ci = visit_(i, node2.items[i], visitor, path);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node2.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity.isPair(node2)) {
          path = Object.freeze(path.concat(node2));
          const ck = visit_("key", node2.key, visitor, path);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node2.key = null;
          const cv = visit_("value", node2.value, visitor, path);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node2.value = null;
        }
      }
      return ctrl;
    }
    async function visitAsync(node2, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity.isDocument(node2)) {
        const cd = await visitAsync_(null, node2.contents, visitor_, Object.freeze([node2]));
        if (cd === REMOVE)
          node2.contents = null;
      } else
        await visitAsync_(null, node2, visitor_, Object.freeze([]));
    }
    visitAsync.BREAK = BREAK;
    visitAsync.SKIP = SKIP;
    visitAsync.REMOVE = REMOVE;
    async function visitAsync_(key, node2, visitor, path) {
      const ctrl = await callVisitor(key, node2, visitor, path);
      if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visitAsync_(key, ctrl, visitor, path);
      }
      if (typeof ctrl !== "symbol") {
        if (identity.isCollection(node2)) {
          path = Object.freeze(path.concat(node2));
          for (let i = 0; i < node2.items.length; ++i) {
            const ci = await visitAsync_(i, node2.items[i], visitor, path);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node2.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity.isPair(node2)) {
          path = Object.freeze(path.concat(node2));
          const ck = await visitAsync_("key", node2.key, visitor, path);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node2.key = null;
          const cv = await visitAsync_("value", node2.value, visitor, path);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node2.value = null;
        }
      }
      return ctrl;
    }
    function initVisitor(visitor) {
      if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) {
        return Object.assign({
          Alias: visitor.Node,
          Map: visitor.Node,
          Scalar: visitor.Node,
          Seq: visitor.Node
        }, visitor.Value && {
          Map: visitor.Value,
          Scalar: visitor.Value,
          Seq: visitor.Value
        }, visitor.Collection && {
          Map: visitor.Collection,
          Seq: visitor.Collection
        }, visitor);
      }
      return visitor;
    }
    function callVisitor(key, node2, visitor, path) {
      if (typeof visitor === "function")
        return visitor(key, node2, path);
      if (identity.isMap(node2))
        return visitor.Map?.(key, node2, path);
      if (identity.isSeq(node2))
        return visitor.Seq?.(key, node2, path);
      if (identity.isPair(node2))
        return visitor.Pair?.(key, node2, path);
      if (identity.isScalar(node2))
        return visitor.Scalar?.(key, node2, path);
      if (identity.isAlias(node2))
        return visitor.Alias?.(key, node2, path);
      return void 0;
    }
    function replaceNode(key, path, node2) {
      const parent = path[path.length - 1];
      if (identity.isCollection(parent)) {
        parent.items[key] = node2;
      } else if (identity.isPair(parent)) {
        if (key === "key")
          parent.key = node2;
        else
          parent.value = node2;
      } else if (identity.isDocument(parent)) {
        parent.contents = node2;
      } else {
        const pt = identity.isAlias(parent) ? "alias" : "scalar";
        throw new Error(`Cannot replace node with ${pt} parent`);
      }
    }
    exports.visit = visit2;
    exports.visitAsync = visitAsync;
  }
});

// node_modules/yaml/dist/doc/directives.js
var require_directives = __commonJS({
  "node_modules/yaml/dist/doc/directives.js"(exports) {
    "use strict";
    var identity = require_identity();
    var visit2 = require_visit();
    var escapeChars = {
      "!": "%21",
      ",": "%2C",
      "[": "%5B",
      "]": "%5D",
      "{": "%7B",
      "}": "%7D"
    };
    var escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
    var Directives = class _Directives {
      constructor(yaml, tags) {
        this.docStart = null;
        this.docEnd = false;
        this.yaml = Object.assign({}, _Directives.defaultYaml, yaml);
        this.tags = Object.assign({}, _Directives.defaultTags, tags);
      }
      clone() {
        const copy = new _Directives(this.yaml, this.tags);
        copy.docStart = this.docStart;
        return copy;
      }
      /**
       * During parsing, get a Directives instance for the current document and
       * update the stream state according to the current version's spec.
       */
      atDocument() {
        const res = new _Directives(this.yaml, this.tags);
        switch (this.yaml.version) {
          case "1.1":
            this.atNextDocument = true;
            break;
          case "1.2":
            this.atNextDocument = false;
            this.yaml = {
              explicit: _Directives.defaultYaml.explicit,
              version: "1.2"
            };
            this.tags = Object.assign({}, _Directives.defaultTags);
            break;
        }
        return res;
      }
      /**
       * @param onError - May be called even if the action was successful
       * @returns `true` on success
       */
      add(line4, onError) {
        if (this.atNextDocument) {
          this.yaml = { explicit: _Directives.defaultYaml.explicit, version: "1.1" };
          this.tags = Object.assign({}, _Directives.defaultTags);
          this.atNextDocument = false;
        }
        const parts = line4.trim().split(/[ \t]+/);
        const name = parts.shift();
        switch (name) {
          case "%TAG": {
            if (parts.length !== 2) {
              onError(0, "%TAG directive should contain exactly two parts");
              if (parts.length < 2)
                return false;
            }
            const [handle, prefix] = parts;
            this.tags[handle] = prefix;
            return true;
          }
          case "%YAML": {
            this.yaml.explicit = true;
            if (parts.length !== 1) {
              onError(0, "%YAML directive should contain exactly one part");
              return false;
            }
            const [version2] = parts;
            if (version2 === "1.1" || version2 === "1.2") {
              this.yaml.version = version2;
              return true;
            } else {
              const isValid = /^\d+\.\d+$/.test(version2);
              onError(6, `Unsupported YAML version ${version2}`, isValid);
              return false;
            }
          }
          default:
            onError(0, `Unknown directive ${name}`, true);
            return false;
        }
      }
      /**
       * Resolves a tag, matching handles to those defined in %TAG directives.
       *
       * @returns Resolved tag, which may also be the non-specific tag `'!'` or a
       *   `'!local'` tag, or `null` if unresolvable.
       */
      tagName(source, onError) {
        if (source === "!")
          return "!";
        if (source[0] !== "!") {
          onError(`Not a valid tag: ${source}`);
          return null;
        }
        if (source[1] === "<") {
          const verbatim = source.slice(2, -1);
          if (verbatim === "!" || verbatim === "!!") {
            onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
            return null;
          }
          if (source[source.length - 1] !== ">")
            onError("Verbatim tags must end with a >");
          return verbatim;
        }
        const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
        if (!suffix)
          onError(`The ${source} tag has no suffix`);
        const prefix = this.tags[handle];
        if (prefix) {
          try {
            return prefix + decodeURIComponent(suffix);
          } catch (error2) {
            onError(String(error2));
            return null;
          }
        }
        if (handle === "!")
          return source;
        onError(`Could not resolve tag: ${source}`);
        return null;
      }
      /**
       * Given a fully resolved tag, returns its printable string form,
       * taking into account current tag prefixes and defaults.
       */
      tagString(tag2) {
        for (const [handle, prefix] of Object.entries(this.tags)) {
          if (tag2.startsWith(prefix))
            return handle + escapeTagName(tag2.substring(prefix.length));
        }
        return tag2[0] === "!" ? tag2 : `!<${tag2}>`;
      }
      toString(doc) {
        const lines = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
        const tagEntries = Object.entries(this.tags);
        let tagNames;
        if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
          const tags = {};
          visit2.visit(doc.contents, (_key, node2) => {
            if (identity.isNode(node2) && node2.tag)
              tags[node2.tag] = true;
          });
          tagNames = Object.keys(tags);
        } else
          tagNames = [];
        for (const [handle, prefix] of tagEntries) {
          if (handle === "!!" && prefix === "tag:yaml.org,2002:")
            continue;
          if (!doc || tagNames.some((tn) => tn.startsWith(prefix)))
            lines.push(`%TAG ${handle} ${prefix}`);
        }
        return lines.join("\n");
      }
    };
    Directives.defaultYaml = { explicit: false, version: "1.2" };
    Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
    exports.Directives = Directives;
  }
});

// node_modules/yaml/dist/doc/anchors.js
var require_anchors = __commonJS({
  "node_modules/yaml/dist/doc/anchors.js"(exports) {
    "use strict";
    var identity = require_identity();
    var visit2 = require_visit();
    function anchorIsValid(anchor2) {
      if (/[\x00-\x19\s,[\]{}]/.test(anchor2)) {
        const sa = JSON.stringify(anchor2);
        const msg = `Anchor must not contain whitespace or control characters: ${sa}`;
        throw new Error(msg);
      }
      return true;
    }
    function anchorNames(root) {
      const anchors = /* @__PURE__ */ new Set();
      visit2.visit(root, {
        Value(_key, node2) {
          if (node2.anchor)
            anchors.add(node2.anchor);
        }
      });
      return anchors;
    }
    function findNewAnchor(prefix, exclude) {
      for (let i = 1; true; ++i) {
        const name = `${prefix}${i}`;
        if (!exclude.has(name))
          return name;
      }
    }
    function createNodeAnchors(doc, prefix) {
      const aliasObjects = [];
      const sourceObjects = /* @__PURE__ */ new Map();
      let prevAnchors = null;
      return {
        onAnchor: (source) => {
          aliasObjects.push(source);
          prevAnchors ?? (prevAnchors = anchorNames(doc));
          const anchor2 = findNewAnchor(prefix, prevAnchors);
          prevAnchors.add(anchor2);
          return anchor2;
        },
        /**
         * With circular references, the source node is only resolved after all
         * of its child nodes are. This is why anchors are set only after all of
         * the nodes have been created.
         */
        setAnchors: () => {
          for (const source of aliasObjects) {
            const ref = sourceObjects.get(source);
            if (typeof ref === "object" && ref.anchor && (identity.isScalar(ref.node) || identity.isCollection(ref.node))) {
              ref.node.anchor = ref.anchor;
            } else {
              const error2 = new Error("Failed to resolve repeated object (this should not happen)");
              error2.source = source;
              throw error2;
            }
          }
        },
        sourceObjects
      };
    }
    exports.anchorIsValid = anchorIsValid;
    exports.anchorNames = anchorNames;
    exports.createNodeAnchors = createNodeAnchors;
    exports.findNewAnchor = findNewAnchor;
  }
});

// node_modules/yaml/dist/doc/applyReviver.js
var require_applyReviver = __commonJS({
  "node_modules/yaml/dist/doc/applyReviver.js"(exports) {
    "use strict";
    function applyReviver(reviver, obj, key, val) {
      if (val && typeof val === "object") {
        if (Array.isArray(val)) {
          for (let i = 0, len = val.length; i < len; ++i) {
            const v0 = val[i];
            const v1 = applyReviver(reviver, val, String(i), v0);
            if (v1 === void 0)
              delete val[i];
            else if (v1 !== v0)
              val[i] = v1;
          }
        } else if (val instanceof Map) {
          for (const k of Array.from(val.keys())) {
            const v0 = val.get(k);
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              val.delete(k);
            else if (v1 !== v0)
              val.set(k, v1);
          }
        } else if (val instanceof Set) {
          for (const v0 of Array.from(val)) {
            const v1 = applyReviver(reviver, val, v0, v0);
            if (v1 === void 0)
              val.delete(v0);
            else if (v1 !== v0) {
              val.delete(v0);
              val.add(v1);
            }
          }
        } else {
          for (const [k, v0] of Object.entries(val)) {
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              delete val[k];
            else if (v1 !== v0)
              val[k] = v1;
          }
        }
      }
      return reviver.call(obj, key, val);
    }
    exports.applyReviver = applyReviver;
  }
});

// node_modules/yaml/dist/nodes/toJS.js
var require_toJS = __commonJS({
  "node_modules/yaml/dist/nodes/toJS.js"(exports) {
    "use strict";
    var identity = require_identity();
    function toJS(value, arg, ctx) {
      if (Array.isArray(value))
        return value.map((v, i) => toJS(v, String(i), ctx));
      if (value && typeof value.toJSON === "function") {
        if (!ctx || !identity.hasAnchor(value))
          return value.toJSON(arg, ctx);
        const data = { aliasCount: 0, count: 1, res: void 0 };
        ctx.anchors.set(value, data);
        ctx.onCreate = (res2) => {
          data.res = res2;
          delete ctx.onCreate;
        };
        const res = value.toJSON(arg, ctx);
        if (ctx.onCreate)
          ctx.onCreate(res);
        return res;
      }
      if (typeof value === "bigint" && !ctx?.keep)
        return Number(value);
      return value;
    }
    exports.toJS = toJS;
  }
});

// node_modules/yaml/dist/nodes/Node.js
var require_Node = __commonJS({
  "node_modules/yaml/dist/nodes/Node.js"(exports) {
    "use strict";
    var applyReviver = require_applyReviver();
    var identity = require_identity();
    var toJS = require_toJS();
    var NodeBase = class {
      constructor(type) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: type });
      }
      /** Create a copy of this node.  */
      clone() {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** A plain JavaScript representation of this node. */
      toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        if (!identity.isDocument(doc))
          throw new TypeError("A document argument is required");
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc,
          keep: true,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this, "", ctx);
        if (typeof onAnchor === "function")
          for (const { count: count2, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count2);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
    };
    exports.NodeBase = NodeBase;
  }
});

// node_modules/yaml/dist/nodes/Alias.js
var require_Alias = __commonJS({
  "node_modules/yaml/dist/nodes/Alias.js"(exports) {
    "use strict";
    var anchors = require_anchors();
    var visit2 = require_visit();
    var identity = require_identity();
    var Node = require_Node();
    var toJS = require_toJS();
    var Alias = class extends Node.NodeBase {
      constructor(source) {
        super(identity.ALIAS);
        this.source = source;
        Object.defineProperty(this, "tag", {
          set() {
            throw new Error("Alias nodes cannot have tags");
          }
        });
      }
      /**
       * Resolve the value of this alias within `doc`, finding the last
       * instance of the `source` anchor before this node.
       */
      resolve(doc, ctx) {
        if (ctx?.maxAliasCount === 0)
          throw new ReferenceError("Alias resolution is disabled");
        let nodes;
        if (ctx?.aliasResolveCache) {
          nodes = ctx.aliasResolveCache;
        } else {
          nodes = [];
          visit2.visit(doc, {
            Node: (_key, node2) => {
              if (identity.isAlias(node2) || identity.hasAnchor(node2))
                nodes.push(node2);
            }
          });
          if (ctx)
            ctx.aliasResolveCache = nodes;
        }
        let found2 = void 0;
        for (const node2 of nodes) {
          if (node2 === this)
            break;
          if (node2.anchor === this.source)
            found2 = node2;
        }
        if (found2 && ctx) {
          const { anchors: anchors2, doc: doc2, maxAliasCount } = ctx;
          let data = anchors2.get(found2);
          if (!data) {
            toJS.toJS(found2, null, ctx);
            data = anchors2.get(found2);
          }
          if (data?.res === void 0) {
            const msg = "This should not happen: Alias anchor was not resolved?";
            throw new ReferenceError(msg);
          }
          if (maxAliasCount >= 0) {
            data.count += 1;
            if (data.aliasCount === 0)
              data.aliasCount = getAliasCount(doc2, found2, anchors2);
            if (data.count * data.aliasCount > maxAliasCount) {
              const msg = "Excessive alias count indicates a resource exhaustion attack";
              throw new ReferenceError(msg);
            }
          }
        }
        return found2;
      }
      toJSON(_arg, ctx) {
        if (!ctx)
          return { source: this.source };
        const source = this.resolve(ctx.doc, ctx);
        if (!source) {
          const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
          throw new ReferenceError(msg);
        }
        return ctx.anchors.get(source).res;
      }
      toString(ctx, _onComment, _onChompKeep) {
        const src = `*${this.source}`;
        if (ctx) {
          anchors.anchorIsValid(this.source);
          if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
            const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
            throw new Error(msg);
          }
          if (ctx.implicitKey)
            return `${src} `;
        }
        return src;
      }
    };
    function getAliasCount(doc, node2, anchors2) {
      if (identity.isAlias(node2)) {
        const source = node2.resolve(doc);
        const anchor2 = anchors2 && source && anchors2.get(source);
        return anchor2 ? anchor2.count * anchor2.aliasCount : 0;
      } else if (identity.isCollection(node2)) {
        let count2 = 0;
        for (const item of node2.items) {
          const c = getAliasCount(doc, item, anchors2);
          if (c > count2)
            count2 = c;
        }
        return count2;
      } else if (identity.isPair(node2)) {
        const kc = getAliasCount(doc, node2.key, anchors2);
        const vc = getAliasCount(doc, node2.value, anchors2);
        return Math.max(kc, vc);
      }
      return 1;
    }
    exports.Alias = Alias;
  }
});

// node_modules/yaml/dist/nodes/Scalar.js
var require_Scalar = __commonJS({
  "node_modules/yaml/dist/nodes/Scalar.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Node = require_Node();
    var toJS = require_toJS();
    var isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
    var Scalar = class extends Node.NodeBase {
      constructor(value) {
        super(identity.SCALAR);
        this.value = value;
      }
      toJSON(arg, ctx) {
        return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
      }
      toString() {
        return String(this.value);
      }
    };
    Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
    Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
    Scalar.PLAIN = "PLAIN";
    Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
    Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
    exports.Scalar = Scalar;
    exports.isScalarValue = isScalarValue;
  }
});

// node_modules/yaml/dist/doc/createNode.js
var require_createNode = __commonJS({
  "node_modules/yaml/dist/doc/createNode.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var identity = require_identity();
    var Scalar = require_Scalar();
    var defaultTagPrefix = "tag:yaml.org,2002:";
    function findTagObject(value, tagName, tags) {
      if (tagName) {
        const match = tags.filter((t) => t.tag === tagName);
        const tagObj = match.find((t) => !t.format) ?? match[0];
        if (!tagObj)
          throw new Error(`Tag ${tagName} not found`);
        return tagObj;
      }
      return tags.find((t) => t.identify?.(value) && !t.format);
    }
    function createNode(value, tagName, ctx) {
      if (identity.isDocument(value))
        value = value.contents;
      if (identity.isNode(value))
        return value;
      if (identity.isPair(value)) {
        const map = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
        map.items.push(value);
        return map;
      }
      if (value instanceof String || value instanceof Number || value instanceof Boolean || typeof BigInt !== "undefined" && value instanceof BigInt) {
        value = value.valueOf();
      }
      const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
      let ref = void 0;
      if (aliasDuplicateObjects && value && typeof value === "object") {
        ref = sourceObjects.get(value);
        if (ref) {
          ref.anchor ?? (ref.anchor = onAnchor(value));
          return new Alias.Alias(ref.anchor);
        } else {
          ref = { anchor: null, node: null };
          sourceObjects.set(value, ref);
        }
      }
      if (tagName?.startsWith("!!"))
        tagName = defaultTagPrefix + tagName.slice(2);
      let tagObj = findTagObject(value, tagName, schema.tags);
      if (!tagObj) {
        if (value && typeof value.toJSON === "function") {
          value = value.toJSON();
        }
        if (!value || typeof value !== "object") {
          const node3 = new Scalar.Scalar(value);
          if (ref)
            ref.node = node3;
          return node3;
        }
        tagObj = value instanceof Map ? schema[identity.MAP] : Symbol.iterator in Object(value) ? schema[identity.SEQ] : schema[identity.MAP];
      }
      if (onTagObj) {
        onTagObj(tagObj);
        delete ctx.onTagObj;
      }
      const node2 = tagObj?.createNode ? tagObj.createNode(ctx.schema, value, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value, ctx) : new Scalar.Scalar(value);
      if (tagName)
        node2.tag = tagName;
      else if (!tagObj.default)
        node2.tag = tagObj.tag;
      if (ref)
        ref.node = node2;
      return node2;
    }
    exports.createNode = createNode;
  }
});

// node_modules/yaml/dist/nodes/Collection.js
var require_Collection = __commonJS({
  "node_modules/yaml/dist/nodes/Collection.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var identity = require_identity();
    var Node = require_Node();
    function collectionFromPath(schema, path, value) {
      let v = value;
      for (let i = path.length - 1; i >= 0; --i) {
        const k = path[i];
        if (typeof k === "number" && Number.isInteger(k) && k >= 0) {
          const a = [];
          a[k] = v;
          v = a;
        } else {
          v = /* @__PURE__ */ new Map([[k, v]]);
        }
      }
      return createNode.createNode(v, void 0, {
        aliasDuplicateObjects: false,
        keepUndefined: false,
        onAnchor: () => {
          throw new Error("This should not happen, please report a bug.");
        },
        schema,
        sourceObjects: /* @__PURE__ */ new Map()
      });
    }
    var isEmptyPath = (path) => path == null || typeof path === "object" && !!path[Symbol.iterator]().next().done;
    var Collection = class extends Node.NodeBase {
      constructor(type, schema) {
        super(type);
        Object.defineProperty(this, "schema", {
          value: schema,
          configurable: true,
          enumerable: false,
          writable: true
        });
      }
      /**
       * Create a copy of this collection.
       *
       * @param schema - If defined, overwrites the original's schema
       */
      clone(schema) {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (schema)
          copy.schema = schema;
        copy.items = copy.items.map((it) => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /**
       * Adds a value to the collection. For `!!map` and `!!omap` the value must
       * be a Pair instance or a `{ key, value }` object, which may not have a key
       * that already exists in the map.
       */
      addIn(path, value) {
        if (isEmptyPath(path))
          this.add(value);
        else {
          const [key, ...rest] = path;
          const node2 = this.get(key, true);
          if (identity.isCollection(node2))
            node2.addIn(rest, value);
          else if (node2 === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
      /**
       * Removes a value from the collection.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
          return this.delete(key);
        const node2 = this.get(key, true);
        if (identity.isCollection(node2))
          return node2.deleteIn(rest);
        else
          throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path, keepScalar) {
        const [key, ...rest] = path;
        const node2 = this.get(key, true);
        if (rest.length === 0)
          return !keepScalar && identity.isScalar(node2) ? node2.value : node2;
        else
          return identity.isCollection(node2) ? node2.getIn(rest, keepScalar) : void 0;
      }
      hasAllNullValues(allowScalar) {
        return this.items.every((node2) => {
          if (!identity.isPair(node2))
            return false;
          const n = node2.value;
          return n == null || allowScalar && identity.isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
        });
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       */
      hasIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
          return this.has(key);
        const node2 = this.get(key, true);
        return identity.isCollection(node2) ? node2.hasIn(rest) : false;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path, value) {
        const [key, ...rest] = path;
        if (rest.length === 0) {
          this.set(key, value);
        } else {
          const node2 = this.get(key, true);
          if (identity.isCollection(node2))
            node2.setIn(rest, value);
          else if (node2 === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
    };
    exports.Collection = Collection;
    exports.collectionFromPath = collectionFromPath;
    exports.isEmptyPath = isEmptyPath;
  }
});

// node_modules/yaml/dist/stringify/stringifyComment.js
var require_stringifyComment = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyComment.js"(exports) {
    "use strict";
    var stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
    function indentComment(comment, indent) {
      if (/^\n+$/.test(comment))
        return comment.substring(1);
      return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
    }
    var lineComment = (str, indent, comment) => str.endsWith("\n") ? indentComment(comment, indent) : comment.includes("\n") ? "\n" + indentComment(comment, indent) : (str.endsWith(" ") ? "" : " ") + comment;
    exports.indentComment = indentComment;
    exports.lineComment = lineComment;
    exports.stringifyComment = stringifyComment;
  }
});

// node_modules/yaml/dist/stringify/foldFlowLines.js
var require_foldFlowLines = __commonJS({
  "node_modules/yaml/dist/stringify/foldFlowLines.js"(exports) {
    "use strict";
    var FOLD_FLOW = "flow";
    var FOLD_BLOCK = "block";
    var FOLD_QUOTED = "quoted";
    function foldFlowLines(text4, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
      if (!lineWidth || lineWidth < 0)
        return text4;
      if (lineWidth < minContentWidth)
        minContentWidth = 0;
      const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
      if (text4.length <= endStep)
        return text4;
      const folds = [];
      const escapedFolds = {};
      let end = lineWidth - indent.length;
      if (typeof indentAtStart === "number") {
        if (indentAtStart > lineWidth - Math.max(2, minContentWidth))
          folds.push(0);
        else
          end = lineWidth - indentAtStart;
      }
      let split = void 0;
      let prev = void 0;
      let overflow = false;
      let i = -1;
      let escStart = -1;
      let escEnd = -1;
      if (mode === FOLD_BLOCK) {
        i = consumeMoreIndentedLines(text4, i, indent.length);
        if (i !== -1)
          end = i + endStep;
      }
      for (let ch; ch = text4[i += 1]; ) {
        if (mode === FOLD_QUOTED && ch === "\\") {
          escStart = i;
          switch (text4[i + 1]) {
            case "x":
              i += 3;
              break;
            case "u":
              i += 5;
              break;
            case "U":
              i += 9;
              break;
            default:
              i += 1;
          }
          escEnd = i;
        }
        if (ch === "\n") {
          if (mode === FOLD_BLOCK)
            i = consumeMoreIndentedLines(text4, i, indent.length);
          end = i + indent.length + endStep;
          split = void 0;
        } else {
          if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
            const next = text4[i + 1];
            if (next && next !== " " && next !== "\n" && next !== "	")
              split = i;
          }
          if (i >= end) {
            if (split) {
              folds.push(split);
              end = split + endStep;
              split = void 0;
            } else if (mode === FOLD_QUOTED) {
              while (prev === " " || prev === "	") {
                prev = ch;
                ch = text4[i += 1];
                overflow = true;
              }
              const j = i > escEnd + 1 ? i - 2 : escStart - 1;
              if (escapedFolds[j])
                return text4;
              folds.push(j);
              escapedFolds[j] = true;
              end = j + endStep;
              split = void 0;
            } else {
              overflow = true;
            }
          }
        }
        prev = ch;
      }
      if (overflow && onOverflow)
        onOverflow();
      if (folds.length === 0)
        return text4;
      if (onFold)
        onFold();
      let res = text4.slice(0, folds[0]);
      for (let i2 = 0; i2 < folds.length; ++i2) {
        const fold = folds[i2];
        const end2 = folds[i2 + 1] || text4.length;
        if (fold === 0)
          res = `
${indent}${text4.slice(0, end2)}`;
        else {
          if (mode === FOLD_QUOTED && escapedFolds[fold])
            res += `${text4[fold]}\\`;
          res += `
${indent}${text4.slice(fold + 1, end2)}`;
        }
      }
      return res;
    }
    function consumeMoreIndentedLines(text4, i, indent) {
      let end = i;
      let start = i + 1;
      let ch = text4[start];
      while (ch === " " || ch === "	") {
        if (i < start + indent) {
          ch = text4[++i];
        } else {
          do {
            ch = text4[++i];
          } while (ch && ch !== "\n");
          end = i;
          start = i + 1;
          ch = text4[start];
        }
      }
      return end;
    }
    exports.FOLD_BLOCK = FOLD_BLOCK;
    exports.FOLD_FLOW = FOLD_FLOW;
    exports.FOLD_QUOTED = FOLD_QUOTED;
    exports.foldFlowLines = foldFlowLines;
  }
});

// node_modules/yaml/dist/stringify/stringifyString.js
var require_stringifyString = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyString.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var foldFlowLines = require_foldFlowLines();
    var getFoldOptions = (ctx, isBlock) => ({
      indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
      lineWidth: ctx.options.lineWidth,
      minContentWidth: ctx.options.minContentWidth
    });
    var containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
    function lineLengthOverLimit(str, lineWidth, indentLength) {
      if (!lineWidth || lineWidth < 0)
        return false;
      const limit = lineWidth - indentLength;
      const strLen = str.length;
      if (strLen <= limit)
        return false;
      for (let i = 0, start = 0; i < strLen; ++i) {
        if (str[i] === "\n") {
          if (i - start > limit)
            return true;
          start = i + 1;
          if (strLen - start <= limit)
            return false;
        }
      }
      return true;
    }
    function doubleQuotedString(value, ctx) {
      const json3 = JSON.stringify(value);
      if (ctx.options.doubleQuotedAsJSON)
        return json3;
      const { implicitKey } = ctx;
      const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      let str = "";
      let start = 0;
      for (let i = 0, ch = json3[i]; ch; ch = json3[++i]) {
        if (ch === " " && json3[i + 1] === "\\" && json3[i + 2] === "n") {
          str += json3.slice(start, i) + "\\ ";
          i += 1;
          start = i;
          ch = "\\";
        }
        if (ch === "\\")
          switch (json3[i + 1]) {
            case "u":
              {
                str += json3.slice(start, i);
                const code2 = json3.substr(i + 2, 4);
                switch (code2) {
                  case "0000":
                    str += "\\0";
                    break;
                  case "0007":
                    str += "\\a";
                    break;
                  case "000b":
                    str += "\\v";
                    break;
                  case "001b":
                    str += "\\e";
                    break;
                  case "0085":
                    str += "\\N";
                    break;
                  case "00a0":
                    str += "\\_";
                    break;
                  case "2028":
                    str += "\\L";
                    break;
                  case "2029":
                    str += "\\P";
                    break;
                  default:
                    if (code2.substr(0, 2) === "00")
                      str += "\\x" + code2.substr(2);
                    else
                      str += json3.substr(i, 6);
                }
                i += 5;
                start = i + 1;
              }
              break;
            case "n":
              if (implicitKey || json3[i + 2] === '"' || json3.length < minMultiLineLength) {
                i += 1;
              } else {
                str += json3.slice(start, i) + "\n\n";
                while (json3[i + 2] === "\\" && json3[i + 3] === "n" && json3[i + 4] !== '"') {
                  str += "\n";
                  i += 2;
                }
                str += indent;
                if (json3[i + 2] === " ")
                  str += "\\";
                i += 1;
                start = i + 1;
              }
              break;
            default:
              i += 1;
          }
      }
      str = start ? str + json3.slice(start) : json3;
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
    }
    function singleQuotedString(value, ctx) {
      if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value))
        return doubleQuotedString(value, ctx);
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&
${indent}`) + "'";
      return ctx.implicitKey ? res : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function quotedString(value, ctx) {
      const { singleQuote } = ctx.options;
      let qs;
      if (singleQuote === false)
        qs = doubleQuotedString;
      else {
        const hasDouble = value.includes('"');
        const hasSingle = value.includes("'");
        if (hasDouble && !hasSingle)
          qs = singleQuotedString;
        else if (hasSingle && !hasDouble)
          qs = doubleQuotedString;
        else
          qs = singleQuote ? singleQuotedString : doubleQuotedString;
      }
      return qs(value, ctx);
    }
    var blockEndNewlines;
    try {
      blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
    } catch {
      blockEndNewlines = /\n+(?!\n|$)/g;
    }
    function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
      const { blockQuote, commentString, lineWidth } = ctx.options;
      if (!blockQuote || /\n[\t ]+$/.test(value)) {
        return quotedString(value, ctx);
      }
      const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
      const literal3 = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.Scalar.BLOCK_FOLDED ? false : type === Scalar.Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
      if (!value)
        return literal3 ? "|\n" : ">\n";
      let chomp;
      let endStart;
      for (endStart = value.length; endStart > 0; --endStart) {
        const ch = value[endStart - 1];
        if (ch !== "\n" && ch !== "	" && ch !== " ")
          break;
      }
      let end = value.substring(endStart);
      const endNlPos = end.indexOf("\n");
      if (endNlPos === -1) {
        chomp = "-";
      } else if (value === end || endNlPos !== end.length - 1) {
        chomp = "+";
        if (onChompKeep)
          onChompKeep();
      } else {
        chomp = "";
      }
      if (end) {
        value = value.slice(0, -end.length);
        if (end[end.length - 1] === "\n")
          end = end.slice(0, -1);
        end = end.replace(blockEndNewlines, `$&${indent}`);
      }
      let startWithSpace = false;
      let startEnd;
      let startNlPos = -1;
      for (startEnd = 0; startEnd < value.length; ++startEnd) {
        const ch = value[startEnd];
        if (ch === " ")
          startWithSpace = true;
        else if (ch === "\n")
          startNlPos = startEnd;
        else
          break;
      }
      let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
      if (start) {
        value = value.substring(start.length);
        start = start.replace(/\n+/g, `$&${indent}`);
      }
      const indentSize = indent ? "2" : "1";
      let header = (startWithSpace ? indentSize : "") + chomp;
      if (comment) {
        header += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
        if (onComment)
          onComment();
      }
      if (!literal3) {
        const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
        let literalFallback = false;
        const foldOptions = getFoldOptions(ctx, true);
        if (blockQuote !== "folded" && type !== Scalar.Scalar.BLOCK_FOLDED) {
          foldOptions.onOverflow = () => {
            literalFallback = true;
          };
        }
        const body = foldFlowLines.foldFlowLines(`${start}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
        if (!literalFallback)
          return `>${header}
${indent}${body}`;
      }
      value = value.replace(/\n+/g, `$&${indent}`);
      return `|${header}
${indent}${start}${value}${end}`;
    }
    function plainString(item, ctx, onComment, onChompKeep) {
      const { type, value } = item;
      const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
      if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) {
        return quotedString(value, ctx);
      }
      if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) {
        return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
      }
      if (!implicitKey && !inFlow && type !== Scalar.Scalar.PLAIN && value.includes("\n")) {
        return blockString(item, ctx, onComment, onChompKeep);
      }
      if (containsDocumentMarker(value)) {
        if (indent === "") {
          ctx.forceBlockIndent = true;
          return blockString(item, ctx, onComment, onChompKeep);
        } else if (implicitKey && indent === indentStep) {
          return quotedString(value, ctx);
        }
      }
      const str = value.replace(/\n+/g, `$&
${indent}`);
      if (actualString) {
        const test = (tag2) => tag2.default && tag2.tag !== "tag:yaml.org,2002:str" && tag2.test?.test(str);
        const { compat, tags } = ctx.doc.schema;
        if (tags.some(test) || compat?.some(test))
          return quotedString(value, ctx);
      }
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function stringifyString(item, ctx, onComment, onChompKeep) {
      const { implicitKey, inFlow } = ctx;
      const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
      let { type } = item;
      if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
        if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value))
          type = Scalar.Scalar.QUOTE_DOUBLE;
      }
      const _stringify = (_type) => {
        switch (_type) {
          case Scalar.Scalar.BLOCK_FOLDED:
          case Scalar.Scalar.BLOCK_LITERAL:
            return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
          case Scalar.Scalar.QUOTE_DOUBLE:
            return doubleQuotedString(ss.value, ctx);
          case Scalar.Scalar.QUOTE_SINGLE:
            return singleQuotedString(ss.value, ctx);
          case Scalar.Scalar.PLAIN:
            return plainString(ss, ctx, onComment, onChompKeep);
          default:
            return null;
        }
      };
      let res = _stringify(type);
      if (res === null) {
        const { defaultKeyType, defaultStringType } = ctx.options;
        const t = implicitKey && defaultKeyType || defaultStringType;
        res = _stringify(t);
        if (res === null)
          throw new Error(`Unsupported default string type ${t}`);
      }
      return res;
    }
    exports.stringifyString = stringifyString;
  }
});

// node_modules/yaml/dist/stringify/stringify.js
var require_stringify = __commonJS({
  "node_modules/yaml/dist/stringify/stringify.js"(exports) {
    "use strict";
    var anchors = require_anchors();
    var identity = require_identity();
    var stringifyComment = require_stringifyComment();
    var stringifyString = require_stringifyString();
    function createStringifyContext(doc, options) {
      const opt = Object.assign({
        blockQuote: true,
        commentString: stringifyComment.stringifyComment,
        defaultKeyType: null,
        defaultStringType: "PLAIN",
        directives: null,
        doubleQuotedAsJSON: false,
        doubleQuotedMinMultiLineLength: 40,
        falseStr: "false",
        flowCollectionPadding: true,
        indentSeq: true,
        lineWidth: 80,
        minContentWidth: 20,
        nullStr: "null",
        simpleKeys: false,
        singleQuote: null,
        trailingComma: false,
        trueStr: "true",
        verifyAliasOrder: true
      }, doc.schema.toStringOptions, options);
      let inFlow;
      switch (opt.collectionStyle) {
        case "block":
          inFlow = false;
          break;
        case "flow":
          inFlow = true;
          break;
        default:
          inFlow = null;
      }
      return {
        anchors: /* @__PURE__ */ new Set(),
        doc,
        flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
        indent: "",
        indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
        inFlow,
        options: opt
      };
    }
    function getTagObject(tags, item) {
      if (item.tag) {
        const match = tags.filter((t) => t.tag === item.tag);
        if (match.length > 0)
          return match.find((t) => t.format === item.format) ?? match[0];
      }
      let tagObj = void 0;
      let obj;
      if (identity.isScalar(item)) {
        obj = item.value;
        let match = tags.filter((t) => t.identify?.(obj));
        if (match.length > 1) {
          const testMatch = match.filter((t) => t.test);
          if (testMatch.length > 0)
            match = testMatch;
        }
        tagObj = match.find((t) => t.format === item.format) ?? match.find((t) => !t.format);
      } else {
        obj = item;
        tagObj = tags.find((t) => t.nodeClass && obj instanceof t.nodeClass);
      }
      if (!tagObj) {
        const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
        throw new Error(`Tag not resolved for ${name} value`);
      }
      return tagObj;
    }
    function stringifyProps(node2, tagObj, { anchors: anchors$1, doc }) {
      if (!doc.directives)
        return "";
      const props = [];
      const anchor2 = (identity.isScalar(node2) || identity.isCollection(node2)) && node2.anchor;
      if (anchor2 && anchors.anchorIsValid(anchor2)) {
        anchors$1.add(anchor2);
        props.push(`&${anchor2}`);
      }
      const tag2 = node2.tag ?? (tagObj.default ? null : tagObj.tag);
      if (tag2)
        props.push(doc.directives.tagString(tag2));
      return props.join(" ");
    }
    function stringify(item, ctx, onComment, onChompKeep) {
      if (identity.isPair(item))
        return item.toString(ctx, onComment, onChompKeep);
      if (identity.isAlias(item)) {
        if (ctx.doc.directives)
          return item.toString(ctx);
        if (ctx.resolvedAliases?.has(item)) {
          throw new TypeError(`Cannot stringify circular structure without alias nodes`);
        } else {
          if (ctx.resolvedAliases)
            ctx.resolvedAliases.add(item);
          else
            ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
          item = item.resolve(ctx.doc);
        }
      }
      let tagObj = void 0;
      const node2 = identity.isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
      tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node2));
      const props = stringifyProps(node2, tagObj, ctx);
      if (props.length > 0)
        ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
      const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node2, ctx, onComment, onChompKeep) : identity.isScalar(node2) ? stringifyString.stringifyString(node2, ctx, onComment, onChompKeep) : node2.toString(ctx, onComment, onChompKeep);
      if (!props)
        return str;
      return identity.isScalar(node2) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}
${ctx.indent}${str}`;
    }
    exports.createStringifyContext = createStringifyContext;
    exports.stringify = stringify;
  }
});

// node_modules/yaml/dist/stringify/stringifyPair.js
var require_stringifyPair = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyPair.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
      const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
      let keyComment = identity.isNode(key) && key.comment || null;
      if (simpleKeys) {
        if (keyComment) {
          throw new Error("With simple keys, key nodes cannot have comments");
        }
        if (identity.isCollection(key) || !identity.isNode(key) && typeof key === "object") {
          const msg = "With simple keys, collection cannot be used as a key value";
          throw new Error(msg);
        }
      }
      let explicitKey = !simpleKeys && (!key || keyComment && value == null && !ctx.inFlow || identity.isCollection(key) || (identity.isScalar(key) ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL : typeof key === "object"));
      ctx = Object.assign({}, ctx, {
        allNullValues: false,
        implicitKey: !explicitKey && (simpleKeys || !allNullValues),
        indent: indent + indentStep
      });
      let keyCommentDone = false;
      let chompKeep = false;
      let str = stringify.stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
      if (!explicitKey && !ctx.inFlow && str.length > 1024) {
        if (simpleKeys)
          throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
        explicitKey = true;
      }
      if (ctx.inFlow) {
        if (allNullValues || value == null) {
          if (keyCommentDone && onComment)
            onComment();
          return str === "" ? "?" : explicitKey ? `? ${str}` : str;
        }
      } else if (allNullValues && !simpleKeys || value == null && explicitKey) {
        str = `? ${str}`;
        if (keyComment && !keyCommentDone) {
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        } else if (chompKeep && onChompKeep)
          onChompKeep();
        return str;
      }
      if (keyCommentDone)
        keyComment = null;
      if (explicitKey) {
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        str = `? ${str}
${indent}:`;
      } else {
        str = `${str}:`;
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
      }
      let vsb, vcb, valueComment;
      if (identity.isNode(value)) {
        vsb = !!value.spaceBefore;
        vcb = value.commentBefore;
        valueComment = value.comment;
      } else {
        vsb = false;
        vcb = null;
        valueComment = null;
        if (value && typeof value === "object")
          value = doc.createNode(value);
      }
      ctx.implicitKey = false;
      if (!explicitKey && !keyComment && identity.isScalar(value))
        ctx.indentAtStart = str.length + 1;
      chompKeep = false;
      if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && identity.isSeq(value) && !value.flow && !value.tag && !value.anchor) {
        ctx.indent = ctx.indent.substring(2);
      }
      let valueCommentDone = false;
      const valueStr = stringify.stringify(value, ctx, () => valueCommentDone = true, () => chompKeep = true);
      let ws = " ";
      if (keyComment || vsb || vcb) {
        ws = vsb ? "\n" : "";
        if (vcb) {
          const cs = commentString(vcb);
          ws += `
${stringifyComment.indentComment(cs, ctx.indent)}`;
        }
        if (valueStr === "" && !ctx.inFlow) {
          if (ws === "\n" && valueComment)
            ws = "\n\n";
        } else {
          ws += `
${ctx.indent}`;
        }
      } else if (!explicitKey && identity.isCollection(value)) {
        const vs0 = valueStr[0];
        const nl0 = valueStr.indexOf("\n");
        const hasNewline = nl0 !== -1;
        const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
        if (hasNewline || !flow) {
          let hasPropsLine = false;
          if (hasNewline && (vs0 === "&" || vs0 === "!")) {
            let sp0 = valueStr.indexOf(" ");
            if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") {
              sp0 = valueStr.indexOf(" ", sp0 + 1);
            }
            if (sp0 === -1 || nl0 < sp0)
              hasPropsLine = true;
          }
          if (!hasPropsLine)
            ws = `
${ctx.indent}`;
        }
      } else if (valueStr === "" || valueStr[0] === "\n") {
        ws = "";
      }
      str += ws + valueStr;
      if (ctx.inFlow) {
        if (valueCommentDone && onComment)
          onComment();
      } else if (valueComment && !valueCommentDone) {
        str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
      } else if (chompKeep && onChompKeep) {
        onChompKeep();
      }
      return str;
    }
    exports.stringifyPair = stringifyPair;
  }
});

// node_modules/yaml/dist/log.js
var require_log = __commonJS({
  "node_modules/yaml/dist/log.js"(exports) {
    "use strict";
    var node_process = __require("process");
    function debug(logLevel, ...messages) {
      if (logLevel === "debug")
        console.log(...messages);
    }
    function warn(logLevel, warning) {
      if (logLevel === "debug" || logLevel === "warn") {
        if (typeof node_process.emitWarning === "function")
          node_process.emitWarning(warning);
        else
          console.warn(warning);
      }
    }
    exports.debug = debug;
    exports.warn = warn;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/merge.js
var require_merge = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/merge.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var MERGE_KEY = "<<";
    var merge2 = {
      identify: (value) => value === MERGE_KEY || typeof value === "symbol" && value.description === MERGE_KEY,
      default: "key",
      tag: "tag:yaml.org,2002:merge",
      test: /^<<$/,
      resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), {
        addToJSMap: addMergeToJSMap
      }),
      stringify: () => MERGE_KEY
    };
    var isMergeKey = (ctx, key) => (merge2.identify(key) || identity.isScalar(key) && (!key.type || key.type === Scalar.Scalar.PLAIN) && merge2.identify(key.value)) && ctx?.doc.schema.tags.some((tag2) => tag2.tag === merge2.tag && tag2.default);
    function addMergeToJSMap(ctx, map, value) {
      const source = resolveAliasValue(ctx, value);
      if (identity.isSeq(source))
        for (const it of source.items)
          mergeValue(ctx, map, it);
      else if (Array.isArray(source))
        for (const it of source)
          mergeValue(ctx, map, it);
      else
        mergeValue(ctx, map, source);
    }
    function mergeValue(ctx, map, value) {
      const source = resolveAliasValue(ctx, value);
      if (!identity.isMap(source))
        throw new Error("Merge sources must be maps or map aliases");
      const srcMap = source.toJSON(null, ctx, Map);
      for (const [key, value2] of srcMap) {
        if (map instanceof Map) {
          if (!map.has(key))
            map.set(key, value2);
        } else if (map instanceof Set) {
          map.add(key);
        } else if (!Object.prototype.hasOwnProperty.call(map, key)) {
          Object.defineProperty(map, key, {
            value: value2,
            writable: true,
            enumerable: true,
            configurable: true
          });
        }
      }
      return map;
    }
    function resolveAliasValue(ctx, value) {
      return ctx && identity.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
    }
    exports.addMergeToJSMap = addMergeToJSMap;
    exports.isMergeKey = isMergeKey;
    exports.merge = merge2;
  }
});

// node_modules/yaml/dist/nodes/addPairToJSMap.js
var require_addPairToJSMap = __commonJS({
  "node_modules/yaml/dist/nodes/addPairToJSMap.js"(exports) {
    "use strict";
    var log = require_log();
    var merge2 = require_merge();
    var stringify = require_stringify();
    var identity = require_identity();
    var toJS = require_toJS();
    function addPairToJSMap(ctx, map, { key, value }) {
      if (identity.isNode(key) && key.addToJSMap)
        key.addToJSMap(ctx, map, value);
      else if (merge2.isMergeKey(ctx, key))
        merge2.addMergeToJSMap(ctx, map, value);
      else {
        const jsKey = toJS.toJS(key, "", ctx);
        if (map instanceof Map) {
          map.set(jsKey, toJS.toJS(value, jsKey, ctx));
        } else if (map instanceof Set) {
          map.add(jsKey);
        } else {
          const stringKey = stringifyKey(key, jsKey, ctx);
          const jsValue = toJS.toJS(value, stringKey, ctx);
          if (stringKey in map)
            Object.defineProperty(map, stringKey, {
              value: jsValue,
              writable: true,
              enumerable: true,
              configurable: true
            });
          else
            map[stringKey] = jsValue;
        }
      }
      return map;
    }
    function stringifyKey(key, jsKey, ctx) {
      if (jsKey === null)
        return "";
      if (typeof jsKey !== "object")
        return String(jsKey);
      if (identity.isNode(key) && ctx?.doc) {
        const strCtx = stringify.createStringifyContext(ctx.doc, {});
        strCtx.anchors = /* @__PURE__ */ new Set();
        for (const node2 of ctx.anchors.keys())
          strCtx.anchors.add(node2.anchor);
        strCtx.inFlow = true;
        strCtx.inStringifyKey = true;
        const strKey = key.toString(strCtx);
        if (!ctx.mapKeyWarned) {
          let jsonStr = JSON.stringify(strKey);
          if (jsonStr.length > 40)
            jsonStr = jsonStr.substring(0, 36) + '..."';
          log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
          ctx.mapKeyWarned = true;
        }
        return strKey;
      }
      return JSON.stringify(jsKey);
    }
    exports.addPairToJSMap = addPairToJSMap;
  }
});

// node_modules/yaml/dist/nodes/Pair.js
var require_Pair = __commonJS({
  "node_modules/yaml/dist/nodes/Pair.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var stringifyPair = require_stringifyPair();
    var addPairToJSMap = require_addPairToJSMap();
    var identity = require_identity();
    function createPair(key, value, ctx) {
      const k = createNode.createNode(key, void 0, ctx);
      const v = createNode.createNode(value, void 0, ctx);
      return new Pair(k, v);
    }
    var Pair = class _Pair {
      constructor(key, value = null) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
        this.key = key;
        this.value = value;
      }
      clone(schema) {
        let { key, value } = this;
        if (identity.isNode(key))
          key = key.clone(schema);
        if (identity.isNode(value))
          value = value.clone(schema);
        return new _Pair(key, value);
      }
      toJSON(_, ctx) {
        const pair = ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        return addPairToJSMap.addPairToJSMap(ctx, pair, this);
      }
      toString(ctx, onComment, onChompKeep) {
        return ctx?.doc ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
      }
    };
    exports.Pair = Pair;
    exports.createPair = createPair;
  }
});

// node_modules/yaml/dist/stringify/stringifyCollection.js
var require_stringifyCollection = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyCollection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyCollection(collection, ctx, options) {
      const flow = ctx.inFlow ?? collection.flow;
      const stringify2 = flow ? stringifyFlowCollection : stringifyBlockCollection;
      return stringify2(collection, ctx, options);
    }
    function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
      const { indent, options: { commentString } } = ctx;
      const itemCtx = Object.assign({}, ctx, { indent: itemIndent, type: null });
      let chompKeep = false;
      const lines = [];
      for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment2 = null;
        if (identity.isNode(item)) {
          if (!chompKeep && item.spaceBefore)
            lines.push("");
          addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
          if (item.comment)
            comment2 = item.comment;
        } else if (identity.isPair(item)) {
          const ik = identity.isNode(item.key) ? item.key : null;
          if (ik) {
            if (!chompKeep && ik.spaceBefore)
              lines.push("");
            addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
          }
        }
        chompKeep = false;
        let str2 = stringify.stringify(item, itemCtx, () => comment2 = null, () => chompKeep = true);
        if (comment2)
          str2 += stringifyComment.lineComment(str2, itemIndent, commentString(comment2));
        if (chompKeep && comment2)
          chompKeep = false;
        lines.push(blockItemPrefix + str2);
      }
      let str;
      if (lines.length === 0) {
        str = flowChars.start + flowChars.end;
      } else {
        str = lines[0];
        for (let i = 1; i < lines.length; ++i) {
          const line4 = lines[i];
          str += line4 ? `
${indent}${line4}` : "\n";
        }
      }
      if (comment) {
        str += "\n" + stringifyComment.indentComment(commentString(comment), indent);
        if (onComment)
          onComment();
      } else if (chompKeep && onChompKeep)
        onChompKeep();
      return str;
    }
    function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
      const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
      itemIndent += indentStep;
      const itemCtx = Object.assign({}, ctx, {
        indent: itemIndent,
        inFlow: true,
        type: null
      });
      let reqNewline = false;
      let linesAtValue = 0;
      const lines = [];
      for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment = null;
        if (identity.isNode(item)) {
          if (item.spaceBefore)
            lines.push("");
          addCommentBefore(ctx, lines, item.commentBefore, false);
          if (item.comment)
            comment = item.comment;
        } else if (identity.isPair(item)) {
          const ik = identity.isNode(item.key) ? item.key : null;
          if (ik) {
            if (ik.spaceBefore)
              lines.push("");
            addCommentBefore(ctx, lines, ik.commentBefore, false);
            if (ik.comment)
              reqNewline = true;
          }
          const iv = identity.isNode(item.value) ? item.value : null;
          if (iv) {
            if (iv.comment)
              comment = iv.comment;
            if (iv.commentBefore)
              reqNewline = true;
          } else if (item.value == null && ik?.comment) {
            comment = ik.comment;
          }
        }
        if (comment)
          reqNewline = true;
        let str = stringify.stringify(item, itemCtx, () => comment = null);
        reqNewline || (reqNewline = lines.length > linesAtValue || str.includes("\n"));
        if (i < items.length - 1) {
          str += ",";
        } else if (ctx.options.trailingComma) {
          if (ctx.options.lineWidth > 0) {
            reqNewline || (reqNewline = lines.reduce((sum, line4) => sum + line4.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
          }
          if (reqNewline) {
            str += ",";
          }
        }
        if (comment)
          str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        lines.push(str);
        linesAtValue = lines.length;
      }
      const { start, end } = flowChars;
      if (lines.length === 0) {
        return start + end;
      } else {
        if (!reqNewline) {
          const len = lines.reduce((sum, line4) => sum + line4.length + 2, 2);
          reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
        }
        if (reqNewline) {
          let str = start;
          for (const line4 of lines)
            str += line4 ? `
${indentStep}${indent}${line4}` : "\n";
          return `${str}
${indent}${end}`;
        } else {
          return `${start}${fcPadding}${lines.join(" ")}${fcPadding}${end}`;
        }
      }
    }
    function addCommentBefore({ indent, options: { commentString } }, lines, comment, chompKeep) {
      if (comment && chompKeep)
        comment = comment.replace(/^\n+/, "");
      if (comment) {
        const ic = stringifyComment.indentComment(commentString(comment), indent);
        lines.push(ic.trimStart());
      }
    }
    exports.stringifyCollection = stringifyCollection;
  }
});

// node_modules/yaml/dist/nodes/YAMLMap.js
var require_YAMLMap = __commonJS({
  "node_modules/yaml/dist/nodes/YAMLMap.js"(exports) {
    "use strict";
    var stringifyCollection = require_stringifyCollection();
    var addPairToJSMap = require_addPairToJSMap();
    var Collection = require_Collection();
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    function findPair(items, key) {
      const k = identity.isScalar(key) ? key.value : key;
      for (const it of items) {
        if (identity.isPair(it)) {
          if (it.key === key || it.key === k)
            return it;
          if (identity.isScalar(it.key) && it.key.value === k)
            return it;
        }
      }
      return void 0;
    }
    var YAMLMap = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:map";
      }
      constructor(schema) {
        super(identity.MAP, schema);
        this.items = [];
      }
      /**
       * A generic collection parsing method that can be extended
       * to other node classes that inherit from YAMLMap
       */
      static from(schema, obj, ctx) {
        const { keepUndefined, replacer } = ctx;
        const map = new this(schema);
        const add = (key, value) => {
          if (typeof replacer === "function")
            value = replacer.call(obj, key, value);
          else if (Array.isArray(replacer) && !replacer.includes(key))
            return;
          if (value !== void 0 || keepUndefined)
            map.items.push(Pair.createPair(key, value, ctx));
        };
        if (obj instanceof Map) {
          for (const [key, value] of obj)
            add(key, value);
        } else if (obj && typeof obj === "object") {
          for (const key of Object.keys(obj))
            add(key, obj[key]);
        }
        if (typeof schema.sortMapEntries === "function") {
          map.items.sort(schema.sortMapEntries);
        }
        return map;
      }
      /**
       * Adds a value to the collection.
       *
       * @param overwrite - If not set `true`, using a key that is already in the
       *   collection will throw. Otherwise, overwrites the previous value.
       */
      add(pair, overwrite) {
        let _pair;
        if (identity.isPair(pair))
          _pair = pair;
        else if (!pair || typeof pair !== "object" || !("key" in pair)) {
          _pair = new Pair.Pair(pair, pair?.value);
        } else
          _pair = new Pair.Pair(pair.key, pair.value);
        const prev = findPair(this.items, _pair.key);
        const sortEntries = this.schema?.sortMapEntries;
        if (prev) {
          if (!overwrite)
            throw new Error(`Key ${_pair.key} already set`);
          if (identity.isScalar(prev.value) && Scalar.isScalarValue(_pair.value))
            prev.value.value = _pair.value;
          else
            prev.value = _pair.value;
        } else if (sortEntries) {
          const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
          if (i === -1)
            this.items.push(_pair);
          else
            this.items.splice(i, 0, _pair);
        } else {
          this.items.push(_pair);
        }
      }
      delete(key) {
        const it = findPair(this.items, key);
        if (!it)
          return false;
        const del = this.items.splice(this.items.indexOf(it), 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const it = findPair(this.items, key);
        const node2 = it?.value;
        return (!keepScalar && identity.isScalar(node2) ? node2.value : node2) ?? void 0;
      }
      has(key) {
        return !!findPair(this.items, key);
      }
      set(key, value) {
        this.add(new Pair.Pair(key, value), true);
      }
      /**
       * @param ctx - Conversion context, originally set in Document#toJS()
       * @param {Class} Type - If set, forces the returned collection type
       * @returns Instance of Type, Map, or Object
       */
      toJSON(_, ctx, Type) {
        const map = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        if (ctx?.onCreate)
          ctx.onCreate(map);
        for (const item of this.items)
          addPairToJSMap.addPairToJSMap(ctx, map, item);
        return map;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        for (const item of this.items) {
          if (!identity.isPair(item))
            throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
        }
        if (!ctx.allNullValues && this.hasAllNullValues(false))
          ctx = Object.assign({}, ctx, { allNullValues: true });
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "",
          flowChars: { start: "{", end: "}" },
          itemIndent: ctx.indent || "",
          onChompKeep,
          onComment
        });
      }
    };
    exports.YAMLMap = YAMLMap;
    exports.findPair = findPair;
  }
});

// node_modules/yaml/dist/schema/common/map.js
var require_map = __commonJS({
  "node_modules/yaml/dist/schema/common/map.js"(exports) {
    "use strict";
    var identity = require_identity();
    var YAMLMap = require_YAMLMap();
    var map = {
      collection: "map",
      default: true,
      nodeClass: YAMLMap.YAMLMap,
      tag: "tag:yaml.org,2002:map",
      resolve(map2, onError) {
        if (!identity.isMap(map2))
          onError("Expected a mapping for this tag");
        return map2;
      },
      createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
    };
    exports.map = map;
  }
});

// node_modules/yaml/dist/nodes/YAMLSeq.js
var require_YAMLSeq = __commonJS({
  "node_modules/yaml/dist/nodes/YAMLSeq.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var stringifyCollection = require_stringifyCollection();
    var Collection = require_Collection();
    var identity = require_identity();
    var Scalar = require_Scalar();
    var toJS = require_toJS();
    var YAMLSeq = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:seq";
      }
      constructor(schema) {
        super(identity.SEQ, schema);
        this.items = [];
      }
      add(value) {
        this.items.push(value);
      }
      /**
       * Removes a value from the collection.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       *
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return false;
        const del = this.items.splice(idx, 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return void 0;
        const it = this.items[idx];
        return !keepScalar && identity.isScalar(it) ? it.value : it;
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       */
      has(key) {
        const idx = asItemIndex(key);
        return typeof idx === "number" && idx < this.items.length;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       *
       * If `key` does not contain a representation of an integer, this will throw.
       * It may be wrapped in a `Scalar`.
       */
      set(key, value) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          throw new Error(`Expected a valid index, not ${key}.`);
        const prev = this.items[idx];
        if (identity.isScalar(prev) && Scalar.isScalarValue(value))
          prev.value = value;
        else
          this.items[idx] = value;
      }
      toJSON(_, ctx) {
        const seq = [];
        if (ctx?.onCreate)
          ctx.onCreate(seq);
        let i = 0;
        for (const item of this.items)
          seq.push(toJS.toJS(item, String(i++), ctx));
        return seq;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "- ",
          flowChars: { start: "[", end: "]" },
          itemIndent: (ctx.indent || "") + "  ",
          onChompKeep,
          onComment
        });
      }
      static from(schema, obj, ctx) {
        const { replacer } = ctx;
        const seq = new this(schema);
        if (obj && Symbol.iterator in Object(obj)) {
          let i = 0;
          for (let it of obj) {
            if (typeof replacer === "function") {
              const key = obj instanceof Set ? it : String(i++);
              it = replacer.call(obj, key, it);
            }
            seq.items.push(createNode.createNode(it, void 0, ctx));
          }
        }
        return seq;
      }
    };
    function asItemIndex(key) {
      let idx = identity.isScalar(key) ? key.value : key;
      if (idx && typeof idx === "string")
        idx = Number(idx);
      return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
    }
    exports.YAMLSeq = YAMLSeq;
  }
});

// node_modules/yaml/dist/schema/common/seq.js
var require_seq = __commonJS({
  "node_modules/yaml/dist/schema/common/seq.js"(exports) {
    "use strict";
    var identity = require_identity();
    var YAMLSeq = require_YAMLSeq();
    var seq = {
      collection: "seq",
      default: true,
      nodeClass: YAMLSeq.YAMLSeq,
      tag: "tag:yaml.org,2002:seq",
      resolve(seq2, onError) {
        if (!identity.isSeq(seq2))
          onError("Expected a sequence for this tag");
        return seq2;
      },
      createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
    };
    exports.seq = seq;
  }
});

// node_modules/yaml/dist/schema/common/string.js
var require_string = __commonJS({
  "node_modules/yaml/dist/schema/common/string.js"(exports) {
    "use strict";
    var stringifyString = require_stringifyString();
    var string3 = {
      identify: (value) => typeof value === "string",
      default: true,
      tag: "tag:yaml.org,2002:str",
      resolve: (str) => str,
      stringify(item, ctx, onComment, onChompKeep) {
        ctx = Object.assign({ actualString: true }, ctx);
        return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
      }
    };
    exports.string = string3;
  }
});

// node_modules/yaml/dist/schema/common/null.js
var require_null = __commonJS({
  "node_modules/yaml/dist/schema/common/null.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var nullTag = {
      identify: (value) => value == null,
      createNode: () => new Scalar.Scalar(null),
      default: true,
      tag: "tag:yaml.org,2002:null",
      test: /^(?:~|[Nn]ull|NULL)?$/,
      resolve: () => new Scalar.Scalar(null),
      stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
    };
    exports.nullTag = nullTag;
  }
});

// node_modules/yaml/dist/schema/core/bool.js
var require_bool = __commonJS({
  "node_modules/yaml/dist/schema/core/bool.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var boolTag = {
      identify: (value) => typeof value === "boolean",
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
      resolve: (str) => new Scalar.Scalar(str[0] === "t" || str[0] === "T"),
      stringify({ source, value }, ctx) {
        if (source && boolTag.test.test(source)) {
          const sv = source[0] === "t" || source[0] === "T";
          if (value === sv)
            return source;
        }
        return value ? ctx.options.trueStr : ctx.options.falseStr;
      }
    };
    exports.boolTag = boolTag;
  }
});

// node_modules/yaml/dist/stringify/stringifyNumber.js
var require_stringifyNumber = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyNumber.js"(exports) {
    "use strict";
    function stringifyNumber({ format, minFractionDigits, tag: tag2, value }) {
      if (typeof value === "bigint")
        return String(value);
      const num = typeof value === "number" ? value : Number(value);
      if (!isFinite(num))
        return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
      let n = Object.is(value, -0) ? "-0" : JSON.stringify(value);
      if (!format && minFractionDigits && (!tag2 || tag2 === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
        let i = n.indexOf(".");
        if (i < 0) {
          i = n.length;
          n += ".";
        }
        let d = minFractionDigits - (n.length - i - 1);
        while (d-- > 0)
          n += "0";
      }
      return n;
    }
    exports.stringifyNumber = stringifyNumber;
  }
});

// node_modules/yaml/dist/schema/core/float.js
var require_float = __commonJS({
  "node_modules/yaml/dist/schema/core/float.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str),
      stringify(node2) {
        const num = Number(node2.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node2);
      }
    };
    var float = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
      resolve(str) {
        const node2 = new Scalar.Scalar(parseFloat(str));
        const dot = str.indexOf(".");
        if (dot !== -1 && str[str.length - 1] === "0")
          node2.minFractionDigits = str.length - dot - 1;
        return node2;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports.float = float;
    exports.floatExp = floatExp;
    exports.floatNaN = floatNaN;
  }
});

// node_modules/yaml/dist/schema/core/int.js
var require_int = __commonJS({
  "node_modules/yaml/dist/schema/core/int.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
    var intResolve = (str, offset, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix);
    function intStringify(node2, radix, prefix) {
      const { value } = node2;
      if (intIdentify(value) && value >= 0)
        return prefix + value.toString(radix);
      return stringifyNumber.stringifyNumber(node2);
    }
    var intOct = {
      identify: (value) => intIdentify(value) && value >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^0o[0-7]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
      stringify: (node2) => intStringify(node2, 8, "0o")
    };
    var int2 = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: (value) => intIdentify(value) && value >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^0x[0-9a-fA-F]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node2) => intStringify(node2, 16, "0x")
    };
    exports.int = int2;
    exports.intHex = intHex;
    exports.intOct = intOct;
  }
});

// node_modules/yaml/dist/schema/core/schema.js
var require_schema = __commonJS({
  "node_modules/yaml/dist/schema/core/schema.js"(exports) {
    "use strict";
    var map = require_map();
    var _null4 = require_null();
    var seq = require_seq();
    var string3 = require_string();
    var bool = require_bool();
    var float = require_float();
    var int2 = require_int();
    var schema = [
      map.map,
      seq.seq,
      string3.string,
      _null4.nullTag,
      bool.boolTag,
      int2.intOct,
      int2.int,
      int2.intHex,
      float.floatNaN,
      float.floatExp,
      float.float
    ];
    exports.schema = schema;
  }
});

// node_modules/yaml/dist/schema/json/schema.js
var require_schema2 = __commonJS({
  "node_modules/yaml/dist/schema/json/schema.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var map = require_map();
    var seq = require_seq();
    function intIdentify(value) {
      return typeof value === "bigint" || Number.isInteger(value);
    }
    var stringifyJSON = ({ value }) => JSON.stringify(value);
    var jsonScalars = [
      {
        identify: (value) => typeof value === "string",
        default: true,
        tag: "tag:yaml.org,2002:str",
        resolve: (str) => str,
        stringify: stringifyJSON
      },
      {
        identify: (value) => value == null,
        createNode: () => new Scalar.Scalar(null),
        default: true,
        tag: "tag:yaml.org,2002:null",
        test: /^null$/,
        resolve: () => null,
        stringify: stringifyJSON
      },
      {
        identify: (value) => typeof value === "boolean",
        default: true,
        tag: "tag:yaml.org,2002:bool",
        test: /^true$|^false$/,
        resolve: (str) => str === "true",
        stringify: stringifyJSON
      },
      {
        identify: intIdentify,
        default: true,
        tag: "tag:yaml.org,2002:int",
        test: /^-?(?:0|[1-9][0-9]*)$/,
        resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
        stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
      },
      {
        identify: (value) => typeof value === "number",
        default: true,
        tag: "tag:yaml.org,2002:float",
        test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
        resolve: (str) => parseFloat(str),
        stringify: stringifyJSON
      }
    ];
    var jsonError = {
      default: true,
      tag: "",
      test: /^/,
      resolve(str, onError) {
        onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
        return str;
      }
    };
    var schema = [map.map, seq.seq].concat(jsonScalars, jsonError);
    exports.schema = schema;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/binary.js
var require_binary = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/binary.js"(exports) {
    "use strict";
    var node_buffer = __require("buffer");
    var Scalar = require_Scalar();
    var stringifyString = require_stringifyString();
    var binary = {
      identify: (value) => value instanceof Uint8Array,
      // Buffer inherits from Uint8Array
      default: false,
      tag: "tag:yaml.org,2002:binary",
      /**
       * Returns a Buffer in node and an Uint8Array in browsers
       *
       * To use the resulting buffer as an image, you'll want to do something like:
       *
       *   const blob = new Blob([buffer], { type: 'image/jpeg' })
       *   document.querySelector('#photo').src = URL.createObjectURL(blob)
       */
      resolve(src, onError) {
        if (typeof node_buffer.Buffer === "function") {
          return node_buffer.Buffer.from(src, "base64");
        } else if (typeof atob === "function") {
          const str = atob(src.replace(/[\n\r]/g, ""));
          const buffer = new Uint8Array(str.length);
          for (let i = 0; i < str.length; ++i)
            buffer[i] = str.charCodeAt(i);
          return buffer;
        } else {
          onError("This environment does not support reading binary tags; either Buffer or atob is required");
          return src;
        }
      },
      stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
        if (!value)
          return "";
        const buf = value;
        let str;
        if (typeof node_buffer.Buffer === "function") {
          str = buf instanceof node_buffer.Buffer ? buf.toString("base64") : node_buffer.Buffer.from(buf.buffer).toString("base64");
        } else if (typeof btoa === "function") {
          let s = "";
          for (let i = 0; i < buf.length; ++i)
            s += String.fromCharCode(buf[i]);
          str = btoa(s);
        } else {
          throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
        }
        type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
        if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
          const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
          const n = Math.ceil(str.length / lineWidth);
          const lines = new Array(n);
          for (let i = 0, o = 0; i < n; ++i, o += lineWidth) {
            lines[i] = str.substr(o, lineWidth);
          }
          str = lines.join(type === Scalar.Scalar.BLOCK_LITERAL ? "\n" : " ");
        }
        return stringifyString.stringifyString({ comment, type, value: str }, ctx, onComment, onChompKeep);
      }
    };
    exports.binary = binary;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/pairs.js
var require_pairs = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/pairs.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    var YAMLSeq = require_YAMLSeq();
    function resolvePairs(seq, onError) {
      if (identity.isSeq(seq)) {
        for (let i = 0; i < seq.items.length; ++i) {
          let item = seq.items[i];
          if (identity.isPair(item))
            continue;
          else if (identity.isMap(item)) {
            if (item.items.length > 1)
              onError("Each pair must have its own sequence indicator");
            const pair = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
            if (item.commentBefore)
              pair.key.commentBefore = pair.key.commentBefore ? `${item.commentBefore}
${pair.key.commentBefore}` : item.commentBefore;
            if (item.comment) {
              const cn = pair.value ?? pair.key;
              cn.comment = cn.comment ? `${item.comment}
${cn.comment}` : item.comment;
            }
            item = pair;
          }
          seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
        }
      } else
        onError("Expected a sequence for this tag");
      return seq;
    }
    function createPairs(schema, iterable, ctx) {
      const { replacer } = ctx;
      const pairs2 = new YAMLSeq.YAMLSeq(schema);
      pairs2.tag = "tag:yaml.org,2002:pairs";
      let i = 0;
      if (iterable && Symbol.iterator in Object(iterable))
        for (let it of iterable) {
          if (typeof replacer === "function")
            it = replacer.call(iterable, String(i++), it);
          let key, value;
          if (Array.isArray(it)) {
            if (it.length === 2) {
              key = it[0];
              value = it[1];
            } else
              throw new TypeError(`Expected [key, value] tuple: ${it}`);
          } else if (it && it instanceof Object) {
            const keys = Object.keys(it);
            if (keys.length === 1) {
              key = keys[0];
              value = it[key];
            } else {
              throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
            }
          } else {
            key = it;
          }
          pairs2.items.push(Pair.createPair(key, value, ctx));
        }
      return pairs2;
    }
    var pairs = {
      collection: "seq",
      default: false,
      tag: "tag:yaml.org,2002:pairs",
      resolve: resolvePairs,
      createNode: createPairs
    };
    exports.createPairs = createPairs;
    exports.pairs = pairs;
    exports.resolvePairs = resolvePairs;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/omap.js
var require_omap = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/omap.js"(exports) {
    "use strict";
    var identity = require_identity();
    var toJS = require_toJS();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var pairs = require_pairs();
    var YAMLOMap = class _YAMLOMap extends YAMLSeq.YAMLSeq {
      constructor() {
        super();
        this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
        this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
        this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
        this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
        this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
        this.tag = _YAMLOMap.tag;
      }
      /**
       * If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
       * but TypeScript won't allow widening the signature of a child method.
       */
      toJSON(_, ctx) {
        if (!ctx)
          return super.toJSON(_);
        const map = /* @__PURE__ */ new Map();
        if (ctx?.onCreate)
          ctx.onCreate(map);
        for (const pair of this.items) {
          let key, value;
          if (identity.isPair(pair)) {
            key = toJS.toJS(pair.key, "", ctx);
            value = toJS.toJS(pair.value, key, ctx);
          } else {
            key = toJS.toJS(pair, "", ctx);
          }
          if (map.has(key))
            throw new Error("Ordered maps must not include duplicate keys");
          map.set(key, value);
        }
        return map;
      }
      static from(schema, iterable, ctx) {
        const pairs$1 = pairs.createPairs(schema, iterable, ctx);
        const omap2 = new this();
        omap2.items = pairs$1.items;
        return omap2;
      }
    };
    YAMLOMap.tag = "tag:yaml.org,2002:omap";
    var omap = {
      collection: "seq",
      identify: (value) => value instanceof Map,
      nodeClass: YAMLOMap,
      default: false,
      tag: "tag:yaml.org,2002:omap",
      resolve(seq, onError) {
        const pairs$1 = pairs.resolvePairs(seq, onError);
        const seenKeys = [];
        for (const { key } of pairs$1.items) {
          if (identity.isScalar(key)) {
            if (seenKeys.includes(key.value)) {
              onError(`Ordered maps must not include duplicate keys: ${key.value}`);
            } else {
              seenKeys.push(key.value);
            }
          }
        }
        return Object.assign(new YAMLOMap(), pairs$1);
      },
      createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
    };
    exports.YAMLOMap = YAMLOMap;
    exports.omap = omap;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/bool.js
var require_bool2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/bool.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    function boolStringify({ value, source }, ctx) {
      const boolObj = value ? trueTag : falseTag;
      if (source && boolObj.test.test(source))
        return source;
      return value ? ctx.options.trueStr : ctx.options.falseStr;
    }
    var trueTag = {
      identify: (value) => value === true,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
      resolve: () => new Scalar.Scalar(true),
      stringify: boolStringify
    };
    var falseTag = {
      identify: (value) => value === false,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
      resolve: () => new Scalar.Scalar(false),
      stringify: boolStringify
    };
    exports.falseTag = falseTag;
    exports.trueTag = trueTag;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/float.js
var require_float2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/float.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str.replace(/_/g, "")),
      stringify(node2) {
        const num = Number(node2.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node2);
      }
    };
    var float = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
      resolve(str) {
        const node2 = new Scalar.Scalar(parseFloat(str.replace(/_/g, "")));
        const dot = str.indexOf(".");
        if (dot !== -1) {
          const f = str.substring(dot + 1).replace(/_/g, "");
          if (f[f.length - 1] === "0")
            node2.minFractionDigits = f.length;
        }
        return node2;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports.float = float;
    exports.floatExp = floatExp;
    exports.floatNaN = floatNaN;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/int.js
var require_int2 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/int.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
    function intResolve(str, offset, radix, { intAsBigInt }) {
      const sign = str[0];
      if (sign === "-" || sign === "+")
        offset += 1;
      str = str.substring(offset).replace(/_/g, "");
      if (intAsBigInt) {
        switch (radix) {
          case 2:
            str = `0b${str}`;
            break;
          case 8:
            str = `0o${str}`;
            break;
          case 16:
            str = `0x${str}`;
            break;
        }
        const n2 = BigInt(str);
        return sign === "-" ? BigInt(-1) * n2 : n2;
      }
      const n = parseInt(str, radix);
      return sign === "-" ? -1 * n : n;
    }
    function intStringify(node2, radix, prefix) {
      const { value } = node2;
      if (intIdentify(value)) {
        const str = value.toString(radix);
        return value < 0 ? "-" + prefix + str.substr(1) : prefix + str;
      }
      return stringifyNumber.stringifyNumber(node2);
    }
    var intBin = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "BIN",
      test: /^[-+]?0b[0-1_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
      stringify: (node2) => intStringify(node2, 2, "0b")
    };
    var intOct = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^[-+]?0[0-7_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
      stringify: (node2) => intStringify(node2, 8, "0")
    };
    var int2 = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9][0-9_]*$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^[-+]?0x[0-9a-fA-F_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node2) => intStringify(node2, 16, "0x")
    };
    exports.int = int2;
    exports.intBin = intBin;
    exports.intHex = intHex;
    exports.intOct = intOct;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/set.js
var require_set = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/set.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSet = class _YAMLSet extends YAMLMap.YAMLMap {
      constructor(schema) {
        super(schema);
        this.tag = _YAMLSet.tag;
      }
      add(key) {
        let pair;
        if (identity.isPair(key))
          pair = key;
        else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null)
          pair = new Pair.Pair(key.key, null);
        else
          pair = new Pair.Pair(key, null);
        const prev = YAMLMap.findPair(this.items, pair.key);
        if (!prev)
          this.items.push(pair);
      }
      /**
       * If `keepPair` is `true`, returns the Pair matching `key`.
       * Otherwise, returns the value of that Pair's key.
       */
      get(key, keepPair) {
        const pair = YAMLMap.findPair(this.items, key);
        return !keepPair && identity.isPair(pair) ? identity.isScalar(pair.key) ? pair.key.value : pair.key : pair;
      }
      set(key, value) {
        if (typeof value !== "boolean")
          throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
        const prev = YAMLMap.findPair(this.items, key);
        if (prev && !value) {
          this.items.splice(this.items.indexOf(prev), 1);
        } else if (!prev && value) {
          this.items.push(new Pair.Pair(key));
        }
      }
      toJSON(_, ctx) {
        return super.toJSON(_, ctx, Set);
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        if (this.hasAllNullValues(true))
          return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
        else
          throw new Error("Set items must all have null values");
      }
      static from(schema, iterable, ctx) {
        const { replacer } = ctx;
        const set2 = new this(schema);
        if (iterable && Symbol.iterator in Object(iterable))
          for (let value of iterable) {
            if (typeof replacer === "function")
              value = replacer.call(iterable, value, value);
            set2.items.push(Pair.createPair(value, null, ctx));
          }
        return set2;
      }
    };
    YAMLSet.tag = "tag:yaml.org,2002:set";
    var set = {
      collection: "map",
      identify: (value) => value instanceof Set,
      nodeClass: YAMLSet,
      default: false,
      tag: "tag:yaml.org,2002:set",
      createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
      resolve(map, onError) {
        if (identity.isMap(map)) {
          if (map.hasAllNullValues(true))
            return Object.assign(new YAMLSet(), map);
          else
            onError("Set items must all have null values");
        } else
          onError("Expected a mapping for this tag");
        return map;
      }
    };
    exports.YAMLSet = YAMLSet;
    exports.set = set;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/timestamp.js
var require_timestamp = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/timestamp.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    function parseSexagesimal(str, asBigInt) {
      const sign = str[0];
      const parts = sign === "-" || sign === "+" ? str.substring(1) : str;
      const num = (n) => asBigInt ? BigInt(n) : Number(n);
      const res = parts.replace(/_/g, "").split(":").reduce((res2, p) => res2 * num(60) + num(p), num(0));
      return sign === "-" ? num(-1) * res : res;
    }
    function stringifySexagesimal(node2) {
      let { value } = node2;
      let num = (n) => n;
      if (typeof value === "bigint")
        num = (n) => BigInt(n);
      else if (isNaN(value) || !isFinite(value))
        return stringifyNumber.stringifyNumber(node2);
      let sign = "";
      if (value < 0) {
        sign = "-";
        value *= num(-1);
      }
      const _60 = num(60);
      const parts = [value % _60];
      if (value < 60) {
        parts.unshift(0);
      } else {
        value = (value - parts[0]) / _60;
        parts.unshift(value % _60);
        if (value >= 60) {
          value = (value - parts[0]) / _60;
          parts.unshift(value);
        }
      }
      return sign + parts.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
    }
    var intTime = {
      identify: (value) => typeof value === "bigint" || Number.isInteger(value),
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
      resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
      stringify: stringifySexagesimal
    };
    var floatTime = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
      resolve: (str) => parseSexagesimal(str, false),
      stringify: stringifySexagesimal
    };
    var timestamp = {
      identify: (value) => value instanceof Date,
      default: true,
      tag: "tag:yaml.org,2002:timestamp",
      // If the time zone is omitted, the timestamp is assumed to be specified in UTC. The time part
      // may be omitted altogether, resulting in a date format. In such a case, the time part is
      // assumed to be 00:00:00Z (start of day, UTC).
      test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
      resolve(str) {
        const match = str.match(timestamp.test);
        if (!match)
          throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
        const [, year, month, day2, hour, minute, second2] = match.map(Number);
        const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
        let date4 = Date.UTC(year, month - 1, day2, hour || 0, minute || 0, second2 || 0, millisec);
        const tz = match[8];
        if (tz && tz !== "Z") {
          let d = parseSexagesimal(tz, false);
          if (Math.abs(d) < 30)
            d *= 60;
          date4 -= 6e4 * d;
        }
        return new Date(date4);
      },
      stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
    };
    exports.floatTime = floatTime;
    exports.intTime = intTime;
    exports.timestamp = timestamp;
  }
});

// node_modules/yaml/dist/schema/yaml-1.1/schema.js
var require_schema3 = __commonJS({
  "node_modules/yaml/dist/schema/yaml-1.1/schema.js"(exports) {
    "use strict";
    var map = require_map();
    var _null4 = require_null();
    var seq = require_seq();
    var string3 = require_string();
    var binary = require_binary();
    var bool = require_bool2();
    var float = require_float2();
    var int2 = require_int2();
    var merge2 = require_merge();
    var omap = require_omap();
    var pairs = require_pairs();
    var set = require_set();
    var timestamp = require_timestamp();
    var schema = [
      map.map,
      seq.seq,
      string3.string,
      _null4.nullTag,
      bool.trueTag,
      bool.falseTag,
      int2.intBin,
      int2.intOct,
      int2.int,
      int2.intHex,
      float.floatNaN,
      float.floatExp,
      float.float,
      binary.binary,
      merge2.merge,
      omap.omap,
      pairs.pairs,
      set.set,
      timestamp.intTime,
      timestamp.floatTime,
      timestamp.timestamp
    ];
    exports.schema = schema;
  }
});

// node_modules/yaml/dist/schema/tags.js
var require_tags = __commonJS({
  "node_modules/yaml/dist/schema/tags.js"(exports) {
    "use strict";
    var map = require_map();
    var _null4 = require_null();
    var seq = require_seq();
    var string3 = require_string();
    var bool = require_bool();
    var float = require_float();
    var int2 = require_int();
    var schema = require_schema();
    var schema$1 = require_schema2();
    var binary = require_binary();
    var merge2 = require_merge();
    var omap = require_omap();
    var pairs = require_pairs();
    var schema$2 = require_schema3();
    var set = require_set();
    var timestamp = require_timestamp();
    var schemas = /* @__PURE__ */ new Map([
      ["core", schema.schema],
      ["failsafe", [map.map, seq.seq, string3.string]],
      ["json", schema$1.schema],
      ["yaml11", schema$2.schema],
      ["yaml-1.1", schema$2.schema]
    ]);
    var tagsByName = {
      binary: binary.binary,
      bool: bool.boolTag,
      float: float.float,
      floatExp: float.floatExp,
      floatNaN: float.floatNaN,
      floatTime: timestamp.floatTime,
      int: int2.int,
      intHex: int2.intHex,
      intOct: int2.intOct,
      intTime: timestamp.intTime,
      map: map.map,
      merge: merge2.merge,
      null: _null4.nullTag,
      omap: omap.omap,
      pairs: pairs.pairs,
      seq: seq.seq,
      set: set.set,
      timestamp: timestamp.timestamp
    };
    var coreKnownTags = {
      "tag:yaml.org,2002:binary": binary.binary,
      "tag:yaml.org,2002:merge": merge2.merge,
      "tag:yaml.org,2002:omap": omap.omap,
      "tag:yaml.org,2002:pairs": pairs.pairs,
      "tag:yaml.org,2002:set": set.set,
      "tag:yaml.org,2002:timestamp": timestamp.timestamp
    };
    function getTags(customTags, schemaName, addMergeTag) {
      const schemaTags = schemas.get(schemaName);
      if (schemaTags && !customTags) {
        return addMergeTag && !schemaTags.includes(merge2.merge) ? schemaTags.concat(merge2.merge) : schemaTags.slice();
      }
      let tags = schemaTags;
      if (!tags) {
        if (Array.isArray(customTags))
          tags = [];
        else {
          const keys = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
        }
      }
      if (Array.isArray(customTags)) {
        for (const tag2 of customTags)
          tags = tags.concat(tag2);
      } else if (typeof customTags === "function") {
        tags = customTags(tags.slice());
      }
      if (addMergeTag)
        tags = tags.concat(merge2.merge);
      return tags.reduce((tags2, tag2) => {
        const tagObj = typeof tag2 === "string" ? tagsByName[tag2] : tag2;
        if (!tagObj) {
          const tagName = JSON.stringify(tag2);
          const keys = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
        }
        if (!tags2.includes(tagObj))
          tags2.push(tagObj);
        return tags2;
      }, []);
    }
    exports.coreKnownTags = coreKnownTags;
    exports.getTags = getTags;
  }
});

// node_modules/yaml/dist/schema/Schema.js
var require_Schema = __commonJS({
  "node_modules/yaml/dist/schema/Schema.js"(exports) {
    "use strict";
    var identity = require_identity();
    var map = require_map();
    var seq = require_seq();
    var string3 = require_string();
    var tags = require_tags();
    var sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    var Schema = class _Schema {
      constructor({ compat, customTags, merge: merge2, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
        this.compat = Array.isArray(compat) ? tags.getTags(compat, "compat") : compat ? tags.getTags(null, compat) : null;
        this.name = typeof schema === "string" && schema || "core";
        this.knownTags = resolveKnownTags ? tags.coreKnownTags : {};
        this.tags = tags.getTags(customTags, this.name, merge2);
        this.toStringOptions = toStringDefaults ?? null;
        Object.defineProperty(this, identity.MAP, { value: map.map });
        Object.defineProperty(this, identity.SCALAR, { value: string3.string });
        Object.defineProperty(this, identity.SEQ, { value: seq.seq });
        this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
      }
      clone() {
        const copy = Object.create(_Schema.prototype, Object.getOwnPropertyDescriptors(this));
        copy.tags = this.tags.slice();
        return copy;
      }
    };
    exports.Schema = Schema;
  }
});

// node_modules/yaml/dist/stringify/stringifyDocument.js
var require_stringifyDocument = __commonJS({
  "node_modules/yaml/dist/stringify/stringifyDocument.js"(exports) {
    "use strict";
    var identity = require_identity();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyDocument(doc, options) {
      const lines = [];
      let hasDirectives = options.directives === true;
      if (options.directives !== false && doc.directives) {
        const dir = doc.directives.toString(doc);
        if (dir) {
          lines.push(dir);
          hasDirectives = true;
        } else if (doc.directives.docStart)
          hasDirectives = true;
      }
      if (hasDirectives)
        lines.push("---");
      const ctx = stringify.createStringifyContext(doc, options);
      const { commentString } = ctx.options;
      if (doc.commentBefore) {
        if (lines.length !== 1)
          lines.unshift("");
        const cs = commentString(doc.commentBefore);
        lines.unshift(stringifyComment.indentComment(cs, ""));
      }
      let chompKeep = false;
      let contentComment = null;
      if (doc.contents) {
        if (identity.isNode(doc.contents)) {
          if (doc.contents.spaceBefore && hasDirectives)
            lines.push("");
          if (doc.contents.commentBefore) {
            const cs = commentString(doc.contents.commentBefore);
            lines.push(stringifyComment.indentComment(cs, ""));
          }
          ctx.forceBlockIndent = !!doc.comment;
          contentComment = doc.contents.comment;
        }
        const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
        let body = stringify.stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
        if (contentComment)
          body += stringifyComment.lineComment(body, "", commentString(contentComment));
        if ((body[0] === "|" || body[0] === ">") && lines[lines.length - 1] === "---") {
          lines[lines.length - 1] = `--- ${body}`;
        } else
          lines.push(body);
      } else {
        lines.push(stringify.stringify(doc.contents, ctx));
      }
      if (doc.directives?.docEnd) {
        if (doc.comment) {
          const cs = commentString(doc.comment);
          if (cs.includes("\n")) {
            lines.push("...");
            lines.push(stringifyComment.indentComment(cs, ""));
          } else {
            lines.push(`... ${cs}`);
          }
        } else {
          lines.push("...");
        }
      } else {
        let dc = doc.comment;
        if (dc && chompKeep)
          dc = dc.replace(/^\n+/, "");
        if (dc) {
          if ((!chompKeep || contentComment) && lines[lines.length - 1] !== "")
            lines.push("");
          lines.push(stringifyComment.indentComment(commentString(dc), ""));
        }
      }
      return lines.join("\n") + "\n";
    }
    exports.stringifyDocument = stringifyDocument;
  }
});

// node_modules/yaml/dist/doc/Document.js
var require_Document = __commonJS({
  "node_modules/yaml/dist/doc/Document.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var Collection = require_Collection();
    var identity = require_identity();
    var Pair = require_Pair();
    var toJS = require_toJS();
    var Schema = require_Schema();
    var stringifyDocument = require_stringifyDocument();
    var anchors = require_anchors();
    var applyReviver = require_applyReviver();
    var createNode = require_createNode();
    var directives = require_directives();
    var Document = class _Document {
      constructor(value, replacer, options) {
        this.commentBefore = null;
        this.comment = null;
        this.errors = [];
        this.warnings = [];
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
        let _replacer = null;
        if (typeof replacer === "function" || Array.isArray(replacer)) {
          _replacer = replacer;
        } else if (options === void 0 && replacer) {
          options = replacer;
          replacer = void 0;
        }
        const opt = Object.assign({
          intAsBigInt: false,
          keepSourceTokens: false,
          logLevel: "warn",
          prettyErrors: true,
          strict: true,
          stringKeys: false,
          uniqueKeys: true,
          version: "1.2"
        }, options);
        this.options = opt;
        let { version: version2 } = opt;
        if (options?._directives) {
          this.directives = options._directives.atDocument();
          if (this.directives.yaml.explicit)
            version2 = this.directives.yaml.version;
        } else
          this.directives = new directives.Directives({ version: version2 });
        this.setSchema(version2, options);
        this.contents = value === void 0 ? null : this.createNode(value, _replacer, options);
      }
      /**
       * Create a deep copy of this Document and its contents.
       *
       * Custom Node values that inherit from `Object` still refer to their original instances.
       */
      clone() {
        const copy = Object.create(_Document.prototype, {
          [identity.NODE_TYPE]: { value: identity.DOC }
        });
        copy.commentBefore = this.commentBefore;
        copy.comment = this.comment;
        copy.errors = this.errors.slice();
        copy.warnings = this.warnings.slice();
        copy.options = Object.assign({}, this.options);
        if (this.directives)
          copy.directives = this.directives.clone();
        copy.schema = this.schema.clone();
        copy.contents = identity.isNode(this.contents) ? this.contents.clone(copy.schema) : this.contents;
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** Adds a value to the document. */
      add(value) {
        if (assertCollection(this.contents))
          this.contents.add(value);
      }
      /** Adds a value to the document. */
      addIn(path, value) {
        if (assertCollection(this.contents))
          this.contents.addIn(path, value);
      }
      /**
       * Create a new `Alias` node, ensuring that the target `node` has the required anchor.
       *
       * If `node` already has an anchor, `name` is ignored.
       * Otherwise, the `node.anchor` value will be set to `name`,
       * or if an anchor with that name is already present in the document,
       * `name` will be used as a prefix for a new unique anchor.
       * If `name` is undefined, the generated anchor will use 'a' as a prefix.
       */
      createAlias(node2, name) {
        if (!node2.anchor) {
          const prev = anchors.anchorNames(this);
          node2.anchor = // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          !name || prev.has(name) ? anchors.findNewAnchor(name || "a", prev) : name;
        }
        return new Alias.Alias(node2.anchor);
      }
      createNode(value, replacer, options) {
        let _replacer = void 0;
        if (typeof replacer === "function") {
          value = replacer.call({ "": value }, "", value);
          _replacer = replacer;
        } else if (Array.isArray(replacer)) {
          const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
          const asStr = replacer.filter(keyToStr).map(String);
          if (asStr.length > 0)
            replacer = replacer.concat(asStr);
          _replacer = replacer;
        } else if (options === void 0 && replacer) {
          options = replacer;
          replacer = void 0;
        }
        const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag: tag2 } = options ?? {};
        const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(
          this,
          // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          anchorPrefix || "a"
        );
        const ctx = {
          aliasDuplicateObjects: aliasDuplicateObjects ?? true,
          keepUndefined: keepUndefined ?? false,
          onAnchor,
          onTagObj,
          replacer: _replacer,
          schema: this.schema,
          sourceObjects
        };
        const node2 = createNode.createNode(value, tag2, ctx);
        if (flow && identity.isCollection(node2))
          node2.flow = true;
        setAnchors();
        return node2;
      }
      /**
       * Convert a key and a value into a `Pair` using the current schema,
       * recursively wrapping all values as `Scalar` or `Collection` nodes.
       */
      createPair(key, value, options = {}) {
        const k = this.createNode(key, null, options);
        const v = this.createNode(value, null, options);
        return new Pair.Pair(k, v);
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        return assertCollection(this.contents) ? this.contents.delete(key) : false;
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path) {
        if (Collection.isEmptyPath(path)) {
          if (this.contents == null)
            return false;
          this.contents = null;
          return true;
        }
        return assertCollection(this.contents) ? this.contents.deleteIn(path) : false;
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      get(key, keepScalar) {
        return identity.isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
      }
      /**
       * Returns item at `path`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path, keepScalar) {
        if (Collection.isEmptyPath(path))
          return !keepScalar && identity.isScalar(this.contents) ? this.contents.value : this.contents;
        return identity.isCollection(this.contents) ? this.contents.getIn(path, keepScalar) : void 0;
      }
      /**
       * Checks if the document includes a value with the key `key`.
       */
      has(key) {
        return identity.isCollection(this.contents) ? this.contents.has(key) : false;
      }
      /**
       * Checks if the document includes a value at `path`.
       */
      hasIn(path) {
        if (Collection.isEmptyPath(path))
          return this.contents !== void 0;
        return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      set(key, value) {
        if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, [key], value);
        } else if (assertCollection(this.contents)) {
          this.contents.set(key, value);
        }
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path, value) {
        if (Collection.isEmptyPath(path)) {
          this.contents = value;
        } else if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value);
        } else if (assertCollection(this.contents)) {
          this.contents.setIn(path, value);
        }
      }
      /**
       * Change the YAML version and schema used by the document.
       * A `null` version disables support for directives, explicit tags, anchors, and aliases.
       * It also requires the `schema` option to be given as a `Schema` instance value.
       *
       * Overrides all previously set schema options.
       */
      setSchema(version2, options = {}) {
        if (typeof version2 === "number")
          version2 = String(version2);
        let opt;
        switch (version2) {
          case "1.1":
            if (this.directives)
              this.directives.yaml.version = "1.1";
            else
              this.directives = new directives.Directives({ version: "1.1" });
            opt = { resolveKnownTags: false, schema: "yaml-1.1" };
            break;
          case "1.2":
          case "next":
            if (this.directives)
              this.directives.yaml.version = version2;
            else
              this.directives = new directives.Directives({ version: version2 });
            opt = { resolveKnownTags: true, schema: "core" };
            break;
          case null:
            if (this.directives)
              delete this.directives;
            opt = null;
            break;
          default: {
            const sv = JSON.stringify(version2);
            throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
          }
        }
        if (options.schema instanceof Object)
          this.schema = options.schema;
        else if (opt)
          this.schema = new Schema.Schema(Object.assign(opt, options));
        else
          throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
      }
      // json & jsonArg are only used from toJSON()
      toJS({ json: json3, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc: this,
          keep: !json3,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this.contents, jsonArg ?? "", ctx);
        if (typeof onAnchor === "function")
          for (const { count: count2, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count2);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
      /**
       * A JSON representation of the document `contents`.
       *
       * @param jsonArg Used by `JSON.stringify` to indicate the array index or
       *   property name.
       */
      toJSON(jsonArg, onAnchor) {
        return this.toJS({ json: true, jsonArg, mapAsMap: false, onAnchor });
      }
      /** A YAML representation of the document. */
      toString(options = {}) {
        if (this.errors.length > 0)
          throw new Error("Document with errors cannot be stringified");
        if ("indent" in options && (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
          const s = JSON.stringify(options.indent);
          throw new Error(`"indent" option must be a positive integer, not ${s}`);
        }
        return stringifyDocument.stringifyDocument(this, options);
      }
    };
    function assertCollection(contents) {
      if (identity.isCollection(contents))
        return true;
      throw new Error("Expected a YAML collection as document contents");
    }
    exports.Document = Document;
  }
});

// node_modules/yaml/dist/errors.js
var require_errors = __commonJS({
  "node_modules/yaml/dist/errors.js"(exports) {
    "use strict";
    var YAMLError = class extends Error {
      constructor(name, pos, code2, message2) {
        super();
        this.name = name;
        this.code = code2;
        this.message = message2;
        this.pos = pos;
      }
    };
    var YAMLParseError = class extends YAMLError {
      constructor(pos, code2, message2) {
        super("YAMLParseError", pos, code2, message2);
      }
    };
    var YAMLWarning = class extends YAMLError {
      constructor(pos, code2, message2) {
        super("YAMLWarning", pos, code2, message2);
      }
    };
    var prettifyError2 = (src, lc) => (error2) => {
      if (error2.pos[0] === -1)
        return;
      error2.linePos = error2.pos.map((pos) => lc.linePos(pos));
      const { line: line4, col } = error2.linePos[0];
      error2.message += ` at line ${line4}, column ${col}`;
      let ci = col - 1;
      let lineStr = src.substring(lc.lineStarts[line4 - 1], lc.lineStarts[line4]).replace(/[\n\r]+$/, "");
      if (ci >= 60 && lineStr.length > 80) {
        const trimStart = Math.min(ci - 39, lineStr.length - 79);
        lineStr = "…" + lineStr.substring(trimStart);
        ci -= trimStart - 1;
      }
      if (lineStr.length > 80)
        lineStr = lineStr.substring(0, 79) + "…";
      if (line4 > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
        let prev = src.substring(lc.lineStarts[line4 - 2], lc.lineStarts[line4 - 1]);
        if (prev.length > 80)
          prev = prev.substring(0, 79) + "…\n";
        lineStr = prev + lineStr;
      }
      if (/[^ ]/.test(lineStr)) {
        let count2 = 1;
        const end = error2.linePos[1];
        if (end?.line === line4 && end.col > col) {
          count2 = Math.max(1, Math.min(end.col - col, 80 - ci));
        }
        const pointer = " ".repeat(ci) + "^".repeat(count2);
        error2.message += `:

${lineStr}
${pointer}
`;
      }
    };
    exports.YAMLError = YAMLError;
    exports.YAMLParseError = YAMLParseError;
    exports.YAMLWarning = YAMLWarning;
    exports.prettifyError = prettifyError2;
  }
});

// node_modules/yaml/dist/compose/resolve-props.js
var require_resolve_props = __commonJS({
  "node_modules/yaml/dist/compose/resolve-props.js"(exports) {
    "use strict";
    function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
      let spaceBefore = false;
      let atNewline = startOnNewline;
      let hasSpace = startOnNewline;
      let comment = "";
      let commentSep = "";
      let hasNewline = false;
      let reqSpace = false;
      let tab = null;
      let anchor2 = null;
      let tag2 = null;
      let newlineAfterProp = null;
      let comma = null;
      let found2 = null;
      let start = null;
      for (const token of tokens) {
        if (reqSpace) {
          if (token.type !== "space" && token.type !== "newline" && token.type !== "comma")
            onError(token.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
          reqSpace = false;
        }
        if (tab) {
          if (atNewline && token.type !== "comment" && token.type !== "newline") {
            onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
          }
          tab = null;
        }
        switch (token.type) {
          case "space":
            if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token.source.includes("	")) {
              tab = token;
            }
            hasSpace = true;
            break;
          case "comment": {
            if (!hasSpace)
              onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
            const cb = token.source.substring(1) || " ";
            if (!comment)
              comment = cb;
            else
              comment += commentSep + cb;
            commentSep = "";
            atNewline = false;
            break;
          }
          case "newline":
            if (atNewline) {
              if (comment)
                comment += token.source;
              else if (!found2 || indicator !== "seq-item-ind")
                spaceBefore = true;
            } else
              commentSep += token.source;
            atNewline = true;
            hasNewline = true;
            if (anchor2 || tag2)
              newlineAfterProp = token;
            hasSpace = true;
            break;
          case "anchor":
            if (anchor2)
              onError(token, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
            if (token.source.endsWith(":"))
              onError(token.offset + token.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
            anchor2 = token;
            start ?? (start = token.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          case "tag": {
            if (tag2)
              onError(token, "MULTIPLE_TAGS", "A node can have at most one tag");
            tag2 = token;
            start ?? (start = token.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          }
          case indicator:
            if (anchor2 || tag2)
              onError(token, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token.source} indicator`);
            if (found2)
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.source} in ${flow ?? "collection"}`);
            found2 = token;
            atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
            hasSpace = false;
            break;
          case "comma":
            if (flow) {
              if (comma)
                onError(token, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
              comma = token;
              atNewline = false;
              hasSpace = false;
              break;
            }
          // else fallthrough
          default:
            onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.type} token`);
            atNewline = false;
            hasSpace = false;
        }
      }
      const last = tokens[tokens.length - 1];
      const end = last ? last.offset + last.source.length : offset;
      if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) {
        onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
      }
      if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq"))
        onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
      return {
        comma,
        found: found2,
        spaceBefore,
        comment,
        hasNewline,
        anchor: anchor2,
        tag: tag2,
        newlineAfterProp,
        end,
        start: start ?? end
      };
    }
    exports.resolveProps = resolveProps;
  }
});

// node_modules/yaml/dist/compose/util-contains-newline.js
var require_util_contains_newline = __commonJS({
  "node_modules/yaml/dist/compose/util-contains-newline.js"(exports) {
    "use strict";
    function containsNewline(key) {
      if (!key)
        return null;
      switch (key.type) {
        case "alias":
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          if (key.source.includes("\n"))
            return true;
          if (key.end) {
            for (const st of key.end)
              if (st.type === "newline")
                return true;
          }
          return false;
        case "flow-collection":
          for (const it of key.items) {
            for (const st of it.start)
              if (st.type === "newline")
                return true;
            if (it.sep) {
              for (const st of it.sep)
                if (st.type === "newline")
                  return true;
            }
            if (containsNewline(it.key) || containsNewline(it.value))
              return true;
          }
          return false;
        default:
          return true;
      }
    }
    exports.containsNewline = containsNewline;
  }
});

// node_modules/yaml/dist/compose/util-flow-indent-check.js
var require_util_flow_indent_check = __commonJS({
  "node_modules/yaml/dist/compose/util-flow-indent-check.js"(exports) {
    "use strict";
    var utilContainsNewline = require_util_contains_newline();
    function flowIndentCheck(indent, fc, onError) {
      if (fc?.type === "flow-collection") {
        const end = fc.end[0];
        if (end.indent === indent && (end.source === "]" || end.source === "}") && utilContainsNewline.containsNewline(fc)) {
          const msg = "Flow end indicator should be more indented than parent";
          onError(end, "BAD_INDENT", msg, true);
        }
      }
    }
    exports.flowIndentCheck = flowIndentCheck;
  }
});

// node_modules/yaml/dist/compose/util-map-includes.js
var require_util_map_includes = __commonJS({
  "node_modules/yaml/dist/compose/util-map-includes.js"(exports) {
    "use strict";
    var identity = require_identity();
    function mapIncludes(ctx, items, search2) {
      const { uniqueKeys } = ctx.options;
      if (uniqueKeys === false)
        return false;
      const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || identity.isScalar(a) && identity.isScalar(b) && a.value === b.value;
      return items.some((pair) => isEqual(pair.key, search2));
    }
    exports.mapIncludes = mapIncludes;
  }
});

// node_modules/yaml/dist/compose/resolve-block-map.js
var require_resolve_block_map = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-map.js"(exports) {
    "use strict";
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    var utilMapIncludes = require_util_map_includes();
    var startColMsg = "All mapping items must start at the same column";
    function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag2) {
      const NodeClass = tag2?.nodeClass ?? YAMLMap.YAMLMap;
      const map = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      let offset = bm.offset;
      let commentEnd = null;
      for (const collItem of bm.items) {
        const { start, key, sep: sep3, value } = collItem;
        const keyProps = resolveProps.resolveProps(start, {
          indicator: "explicit-key-ind",
          next: key ?? sep3?.[0],
          offset,
          onError,
          parentIndent: bm.indent,
          startOnNewline: true
        });
        const implicitKey = !keyProps.found;
        if (implicitKey) {
          if (key) {
            if (key.type === "block-seq")
              onError(offset, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
            else if ("indent" in key && key.indent !== bm.indent)
              onError(offset, "BAD_INDENT", startColMsg);
          }
          if (!keyProps.anchor && !keyProps.tag && !sep3) {
            commentEnd = keyProps.end;
            if (keyProps.comment) {
              if (map.comment)
                map.comment += "\n" + keyProps.comment;
              else
                map.comment = keyProps.comment;
            }
            continue;
          }
          if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) {
            onError(key ?? start[start.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
          }
        } else if (keyProps.found?.indent !== bm.indent) {
          onError(offset, "BAD_INDENT", startColMsg);
        }
        ctx.atKey = true;
        const keyStart = keyProps.end;
        const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
        ctx.atKey = false;
        if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
          onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
        const valueProps = resolveProps.resolveProps(sep3 ?? [], {
          indicator: "map-value-ind",
          next: value,
          offset: keyNode.range[2],
          onError,
          parentIndent: bm.indent,
          startOnNewline: !key || key.type === "block-scalar"
        });
        offset = valueProps.end;
        if (valueProps.found) {
          if (implicitKey) {
            if (value?.type === "block-map" && !valueProps.hasNewline)
              onError(offset, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
            if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024)
              onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
          }
          const valueNode = value ? composeNode(ctx, value, valueProps, onError) : composeEmptyNode(ctx, offset, sep3, null, valueProps, onError);
          if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
          offset = valueNode.range[2];
          const pair = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          map.items.push(pair);
        } else {
          if (implicitKey)
            onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
          if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair = new Pair.Pair(keyNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          map.items.push(pair);
        }
      }
      if (commentEnd && commentEnd < offset)
        onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
      map.range = [bm.offset, offset, commentEnd ?? offset];
      return map;
    }
    exports.resolveBlockMap = resolveBlockMap;
  }
});

// node_modules/yaml/dist/compose/resolve-block-seq.js
var require_resolve_block_seq = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-seq.js"(exports) {
    "use strict";
    var YAMLSeq = require_YAMLSeq();
    var resolveProps = require_resolve_props();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag2) {
      const NodeClass = tag2?.nodeClass ?? YAMLSeq.YAMLSeq;
      const seq = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset = bs.offset;
      let commentEnd = null;
      for (const { start, value } of bs.items) {
        const props = resolveProps.resolveProps(start, {
          indicator: "seq-item-ind",
          next: value,
          offset,
          onError,
          parentIndent: bs.indent,
          startOnNewline: true
        });
        if (!props.found) {
          if (props.anchor || props.tag || value) {
            if (value?.type === "block-seq")
              onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
            else
              onError(offset, "MISSING_CHAR", "Sequence item without - indicator");
          } else {
            commentEnd = props.end;
            if (props.comment)
              seq.comment = props.comment;
            continue;
          }
        }
        const node2 = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start, null, props, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
        offset = node2.range[2];
        seq.items.push(node2);
      }
      seq.range = [bs.offset, offset, commentEnd ?? offset];
      return seq;
    }
    exports.resolveBlockSeq = resolveBlockSeq;
  }
});

// node_modules/yaml/dist/compose/resolve-end.js
var require_resolve_end = __commonJS({
  "node_modules/yaml/dist/compose/resolve-end.js"(exports) {
    "use strict";
    function resolveEnd(end, offset, reqSpace, onError) {
      let comment = "";
      if (end) {
        let hasSpace = false;
        let sep3 = "";
        for (const token of end) {
          const { source, type } = token;
          switch (type) {
            case "space":
              hasSpace = true;
              break;
            case "comment": {
              if (reqSpace && !hasSpace)
                onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
              const cb = source.substring(1) || " ";
              if (!comment)
                comment = cb;
              else
                comment += sep3 + cb;
              sep3 = "";
              break;
            }
            case "newline":
              if (comment)
                sep3 += source;
              hasSpace = true;
              break;
            default:
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
          }
          offset += source.length;
        }
      }
      return { comment, offset };
    }
    exports.resolveEnd = resolveEnd;
  }
});

// node_modules/yaml/dist/compose/resolve-flow-collection.js
var require_resolve_flow_collection = __commonJS({
  "node_modules/yaml/dist/compose/resolve-flow-collection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilMapIncludes = require_util_map_includes();
    var blockMsg = "Block collections are not allowed within flow collections";
    var isBlock = (token) => token && (token.type === "block-map" || token.type === "block-seq");
    function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag2) {
      const isMap2 = fc.start.source === "{";
      const fcName = isMap2 ? "flow map" : "flow sequence";
      const NodeClass = tag2?.nodeClass ?? (isMap2 ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq);
      const coll = new NodeClass(ctx.schema);
      coll.flow = true;
      const atRoot = ctx.atRoot;
      if (atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset = fc.offset + fc.start.source.length;
      for (let i = 0; i < fc.items.length; ++i) {
        const collItem = fc.items[i];
        const { start, key, sep: sep3, value } = collItem;
        const props = resolveProps.resolveProps(start, {
          flow: fcName,
          indicator: "explicit-key-ind",
          next: key ?? sep3?.[0],
          offset,
          onError,
          parentIndent: fc.indent,
          startOnNewline: false
        });
        if (!props.found) {
          if (!props.anchor && !props.tag && !sep3 && !value) {
            if (i === 0 && props.comma)
              onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
            else if (i < fc.items.length - 1)
              onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
            if (props.comment) {
              if (coll.comment)
                coll.comment += "\n" + props.comment;
              else
                coll.comment = props.comment;
            }
            offset = props.end;
            continue;
          }
          if (!isMap2 && ctx.options.strict && utilContainsNewline.containsNewline(key))
            onError(
              key,
              // checked by containsNewline()
              "MULTILINE_IMPLICIT_KEY",
              "Implicit keys of flow sequence pairs need to be on a single line"
            );
        }
        if (i === 0) {
          if (props.comma)
            onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
        } else {
          if (!props.comma)
            onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
          if (props.comment) {
            let prevItemComment = "";
            loop: for (const st of start) {
              switch (st.type) {
                case "comma":
                case "space":
                  break;
                case "comment":
                  prevItemComment = st.source.substring(1);
                  break loop;
                default:
                  break loop;
              }
            }
            if (prevItemComment) {
              let prev = coll.items[coll.items.length - 1];
              if (identity.isPair(prev))
                prev = prev.value ?? prev.key;
              if (prev.comment)
                prev.comment += "\n" + prevItemComment;
              else
                prev.comment = prevItemComment;
              props.comment = props.comment.substring(prevItemComment.length + 1);
            }
          }
        }
        if (!isMap2 && !sep3 && !props.found) {
          const valueNode = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, sep3, null, props, onError);
          coll.items.push(valueNode);
          offset = valueNode.range[2];
          if (isBlock(value))
            onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
        } else {
          ctx.atKey = true;
          const keyStart = props.end;
          const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start, null, props, onError);
          if (isBlock(key))
            onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
          ctx.atKey = false;
          const valueProps = resolveProps.resolveProps(sep3 ?? [], {
            flow: fcName,
            indicator: "map-value-ind",
            next: value,
            offset: keyNode.range[2],
            onError,
            parentIndent: fc.indent,
            startOnNewline: false
          });
          if (valueProps.found) {
            if (!isMap2 && !props.found && ctx.options.strict) {
              if (sep3)
                for (const st of sep3) {
                  if (st === valueProps.found)
                    break;
                  if (st.type === "newline") {
                    onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
                    break;
                  }
                }
              if (props.start < valueProps.found.offset - 1024)
                onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
            }
          } else if (value) {
            if ("source" in value && value.source?.[0] === ":")
              onError(value, "MISSING_CHAR", `Missing space after : in ${fcName}`);
            else
              onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
          }
          const valueNode = value ? composeNode(ctx, value, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep3, null, valueProps, onError) : null;
          if (valueNode) {
            if (isBlock(value))
              onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
          } else if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          if (isMap2) {
            const map = coll;
            if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
              onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
            map.items.push(pair);
          } else {
            const map = new YAMLMap.YAMLMap(ctx.schema);
            map.flow = true;
            map.items.push(pair);
            const endRange = (valueNode ?? keyNode).range;
            map.range = [keyNode.range[0], endRange[1], endRange[2]];
            coll.items.push(map);
          }
          offset = valueNode ? valueNode.range[2] : valueProps.end;
        }
      }
      const expectedEnd = isMap2 ? "}" : "]";
      const [ce, ...ee] = fc.end;
      let cePos = offset;
      if (ce?.source === expectedEnd)
        cePos = ce.offset + ce.source.length;
      else {
        const name = fcName[0].toUpperCase() + fcName.substring(1);
        const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
        onError(offset, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
        if (ce && ce.source.length !== 1)
          ee.unshift(ce);
      }
      if (ee.length > 0) {
        const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
        if (end.comment) {
          if (coll.comment)
            coll.comment += "\n" + end.comment;
          else
            coll.comment = end.comment;
        }
        coll.range = [fc.offset, cePos, end.offset];
      } else {
        coll.range = [fc.offset, cePos, cePos];
      }
      return coll;
    }
    exports.resolveFlowCollection = resolveFlowCollection;
  }
});

// node_modules/yaml/dist/compose/compose-collection.js
var require_compose_collection = __commonJS({
  "node_modules/yaml/dist/compose/compose-collection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveBlockMap = require_resolve_block_map();
    var resolveBlockSeq = require_resolve_block_seq();
    var resolveFlowCollection = require_resolve_flow_collection();
    function resolveCollection(CN, ctx, token, onError, tagName, tag2) {
      const coll = token.type === "block-map" ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag2) : token.type === "block-seq" ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag2) : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag2);
      const Coll = coll.constructor;
      if (tagName === "!" || tagName === Coll.tagName) {
        coll.tag = Coll.tagName;
        return coll;
      }
      if (tagName)
        coll.tag = tagName;
      return coll;
    }
    function composeCollection(CN, ctx, token, props, onError) {
      const tagToken = props.tag;
      const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
      if (token.type === "block-seq") {
        const { anchor: anchor2, newlineAfterProp: nl } = props;
        const lastProp = anchor2 && tagToken ? anchor2.offset > tagToken.offset ? anchor2 : tagToken : anchor2 ?? tagToken;
        if (lastProp && (!nl || nl.offset < lastProp.offset)) {
          const message2 = "Missing newline after block sequence props";
          onError(lastProp, "MISSING_CHAR", message2);
        }
      }
      const expType = token.type === "block-map" ? "map" : token.type === "block-seq" ? "seq" : token.start.source === "{" ? "map" : "seq";
      if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.YAMLSeq.tagName && expType === "seq") {
        return resolveCollection(CN, ctx, token, onError, tagName);
      }
      let tag2 = ctx.schema.tags.find((t) => t.tag === tagName && t.collection === expType);
      if (!tag2) {
        const kt = ctx.schema.knownTags[tagName];
        if (kt?.collection === expType) {
          ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
          tag2 = kt;
        } else {
          if (kt) {
            onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
          } else {
            onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
          }
          return resolveCollection(CN, ctx, token, onError, tagName);
        }
      }
      const coll = resolveCollection(CN, ctx, token, onError, tagName, tag2);
      const res = tag2.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
      const node2 = identity.isNode(res) ? res : new Scalar.Scalar(res);
      node2.range = coll.range;
      node2.tag = tagName;
      if (tag2?.format)
        node2.format = tag2.format;
      return node2;
    }
    exports.composeCollection = composeCollection;
  }
});

// node_modules/yaml/dist/compose/resolve-block-scalar.js
var require_resolve_block_scalar = __commonJS({
  "node_modules/yaml/dist/compose/resolve-block-scalar.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    function resolveBlockScalar(ctx, scalar2, onError) {
      const start = scalar2.offset;
      const header = parseBlockScalarHeader(scalar2, ctx.options.strict, onError);
      if (!header)
        return { value: "", type: null, comment: "", range: [start, start, start] };
      const type = header.mode === ">" ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
      const lines = scalar2.source ? splitLines(scalar2.source) : [];
      let chompStart = lines.length;
      for (let i = lines.length - 1; i >= 0; --i) {
        const content = lines[i][1];
        if (content === "" || content === "\r")
          chompStart = i;
        else
          break;
      }
      if (chompStart === 0) {
        const value2 = header.chomp === "+" && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
        let end2 = start + header.length;
        if (scalar2.source)
          end2 += scalar2.source.length;
        return { value: value2, type, comment: header.comment, range: [start, end2, end2] };
      }
      let trimIndent = scalar2.indent + header.indent;
      let offset = scalar2.offset + header.length;
      let contentStart = 0;
      for (let i = 0; i < chompStart; ++i) {
        const [indent, content] = lines[i];
        if (content === "" || content === "\r") {
          if (header.indent === 0 && indent.length > trimIndent)
            trimIndent = indent.length;
        } else {
          if (indent.length < trimIndent) {
            const message2 = "Block scalars with more-indented leading empty lines must use an explicit indentation indicator";
            onError(offset + indent.length, "MISSING_CHAR", message2);
          }
          if (header.indent === 0)
            trimIndent = indent.length;
          contentStart = i;
          if (trimIndent === 0 && !ctx.atRoot) {
            const message2 = "Block scalar values in collections must be indented";
            onError(offset, "BAD_INDENT", message2);
          }
          break;
        }
        offset += indent.length + content.length + 1;
      }
      for (let i = lines.length - 1; i >= chompStart; --i) {
        if (lines[i][0].length > trimIndent)
          chompStart = i + 1;
      }
      let value = "";
      let sep3 = "";
      let prevMoreIndented = false;
      for (let i = 0; i < contentStart; ++i)
        value += lines[i][0].slice(trimIndent) + "\n";
      for (let i = contentStart; i < chompStart; ++i) {
        let [indent, content] = lines[i];
        offset += indent.length + content.length + 1;
        const crlf = content[content.length - 1] === "\r";
        if (crlf)
          content = content.slice(0, -1);
        if (content && indent.length < trimIndent) {
          const src = header.indent ? "explicit indentation indicator" : "first line";
          const message2 = `Block scalar lines must not be less indented than their ${src}`;
          onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message2);
          indent = "";
        }
        if (type === Scalar.Scalar.BLOCK_LITERAL) {
          value += sep3 + indent.slice(trimIndent) + content;
          sep3 = "\n";
        } else if (indent.length > trimIndent || content[0] === "	") {
          if (sep3 === " ")
            sep3 = "\n";
          else if (!prevMoreIndented && sep3 === "\n")
            sep3 = "\n\n";
          value += sep3 + indent.slice(trimIndent) + content;
          sep3 = "\n";
          prevMoreIndented = true;
        } else if (content === "") {
          if (sep3 === "\n")
            value += "\n";
          else
            sep3 = "\n";
        } else {
          value += sep3 + content;
          sep3 = " ";
          prevMoreIndented = false;
        }
      }
      switch (header.chomp) {
        case "-":
          break;
        case "+":
          for (let i = chompStart; i < lines.length; ++i)
            value += "\n" + lines[i][0].slice(trimIndent);
          if (value[value.length - 1] !== "\n")
            value += "\n";
          break;
        default:
          value += "\n";
      }
      const end = start + header.length + scalar2.source.length;
      return { value, type, comment: header.comment, range: [start, end, end] };
    }
    function parseBlockScalarHeader({ offset, props }, strict, onError) {
      if (props[0].type !== "block-scalar-header") {
        onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
        return null;
      }
      const { source } = props[0];
      const mode = source[0];
      let indent = 0;
      let chomp = "";
      let error2 = -1;
      for (let i = 1; i < source.length; ++i) {
        const ch = source[i];
        if (!chomp && (ch === "-" || ch === "+"))
          chomp = ch;
        else {
          const n = Number(ch);
          if (!indent && n)
            indent = n;
          else if (error2 === -1)
            error2 = offset + i;
        }
      }
      if (error2 !== -1)
        onError(error2, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
      let hasSpace = false;
      let comment = "";
      let length = source.length;
      for (let i = 1; i < props.length; ++i) {
        const token = props[i];
        switch (token.type) {
          case "space":
            hasSpace = true;
          // fallthrough
          case "newline":
            length += token.source.length;
            break;
          case "comment":
            if (strict && !hasSpace) {
              const message2 = "Comments must be separated from other tokens by white space characters";
              onError(token, "MISSING_CHAR", message2);
            }
            length += token.source.length;
            comment = token.source.substring(1);
            break;
          case "error":
            onError(token, "UNEXPECTED_TOKEN", token.message);
            length += token.source.length;
            break;
          /* istanbul ignore next should not happen */
          default: {
            const message2 = `Unexpected token in block scalar header: ${token.type}`;
            onError(token, "UNEXPECTED_TOKEN", message2);
            const ts = token.source;
            if (ts && typeof ts === "string")
              length += ts.length;
          }
        }
      }
      return { mode, indent, chomp, comment, length };
    }
    function splitLines(source) {
      const split = source.split(/\n( *)/);
      const first = split[0];
      const m = first.match(/^( *)/);
      const line0 = m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first];
      const lines = [line0];
      for (let i = 1; i < split.length; i += 2)
        lines.push([split[i], split[i + 1]]);
      return lines;
    }
    exports.resolveBlockScalar = resolveBlockScalar;
  }
});

// node_modules/yaml/dist/compose/resolve-flow-scalar.js
var require_resolve_flow_scalar = __commonJS({
  "node_modules/yaml/dist/compose/resolve-flow-scalar.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var resolveEnd = require_resolve_end();
    function resolveFlowScalar(scalar2, strict, onError) {
      const { offset, type, source, end } = scalar2;
      let _type;
      let value;
      const _onError = (rel, code2, msg) => onError(offset + rel, code2, msg);
      switch (type) {
        case "scalar":
          _type = Scalar.Scalar.PLAIN;
          value = plainValue(source, _onError);
          break;
        case "single-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_SINGLE;
          value = singleQuotedValue(source, _onError);
          break;
        case "double-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_DOUBLE;
          value = doubleQuotedValue(source, _onError);
          break;
        /* istanbul ignore next should not happen */
        default:
          onError(scalar2, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
          return {
            value: "",
            type: null,
            comment: "",
            range: [offset, offset + source.length, offset + source.length]
          };
      }
      const valueEnd = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
      return {
        value,
        type: _type,
        comment: re.comment,
        range: [offset, valueEnd, re.offset]
      };
    }
    function plainValue(source, onError) {
      let badChar = "";
      switch (source[0]) {
        /* istanbul ignore next should not happen */
        case "	":
          badChar = "a tab character";
          break;
        case ",":
          badChar = "flow indicator character ,";
          break;
        case "%":
          badChar = "directive indicator character %";
          break;
        case "|":
        case ">": {
          badChar = `block scalar indicator ${source[0]}`;
          break;
        }
        case "@":
        case "`": {
          badChar = `reserved character ${source[0]}`;
          break;
        }
      }
      if (badChar)
        onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
      return unfoldLines(source);
    }
    function singleQuotedValue(source, onError) {
      if (source[source.length - 1] !== "'" || source.length === 1)
        onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
      return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
    }
    function unfoldLines(source) {
      const line4 = /(.*?)\r?\n/sy;
      let match = line4.exec(source);
      if (!match)
        return source;
      let trimEnd, trimBoth;
      try {
        trimEnd = new RegExp("(?<![ 	])[ 	]+$");
        trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
      } catch {
        trimEnd = /[ \t]+$/;
        trimBoth = /^[ \t]+|[ \t]+$/g;
      }
      let res = match[1].replace(trimEnd, "");
      let sep3 = " ";
      let pos = line4.lastIndex;
      while (match = line4.exec(source)) {
        const lm = match[1].replace(trimBoth, "");
        if (lm === "") {
          if (sep3 === "\n")
            res += sep3;
          else
            sep3 = "\n";
        } else {
          res += sep3 + lm;
          sep3 = " ";
        }
        pos = line4.lastIndex;
      }
      const last = /[ \t]*(.*)/sy;
      last.lastIndex = pos;
      match = last.exec(source);
      return res + sep3 + (match?.[1] ?? "");
    }
    function doubleQuotedValue(source, onError) {
      let res = "";
      for (let i = 1; i < source.length - 1; ++i) {
        const ch = source[i];
        if (ch === "\r" && source[i + 1] === "\n")
          continue;
        if (ch === "\n") {
          const { fold, offset } = foldNewline(source, i);
          res += fold;
          i = offset;
        } else if (ch === "\\") {
          let next = source[++i];
          const cc = escapeCodes[next];
          if (cc)
            res += cc;
          else if (next === "\n") {
            next = source[i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "\r" && source[i + 1] === "\n") {
            next = source[++i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "x" || next === "u" || next === "U") {
            const length = next === "x" ? 2 : next === "u" ? 4 : 8;
            res += parseCharCode(source, i + 1, length, onError);
            i += length;
          } else {
            const raw = source.substr(i - 1, 2);
            onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
            res += raw;
          }
        } else if (ch === " " || ch === "	") {
          const wsStart = i;
          let next = source[i + 1];
          while (next === " " || next === "	")
            next = source[++i + 1];
          if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n"))
            res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
        } else {
          res += ch;
        }
      }
      if (source[source.length - 1] !== '"' || source.length === 1)
        onError(source.length, "MISSING_CHAR", 'Missing closing "quote');
      return res;
    }
    function foldNewline(source, offset) {
      let fold = "";
      let ch = source[offset + 1];
      while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
        if (ch === "\r" && source[offset + 2] !== "\n")
          break;
        if (ch === "\n")
          fold += "\n";
        offset += 1;
        ch = source[offset + 1];
      }
      if (!fold)
        fold = " ";
      return { fold, offset };
    }
    var escapeCodes = {
      "0": "\0",
      // null character
      a: "\x07",
      // bell character
      b: "\b",
      // backspace
      e: "\x1B",
      // escape character
      f: "\f",
      // form feed
      n: "\n",
      // line feed
      r: "\r",
      // carriage return
      t: "	",
      // horizontal tab
      v: "\v",
      // vertical tab
      N: "",
      // Unicode next line
      _: " ",
      // Unicode non-breaking space
      L: "\u2028",
      // Unicode line separator
      P: "\u2029",
      // Unicode paragraph separator
      " ": " ",
      '"': '"',
      "/": "/",
      "\\": "\\",
      "	": "	"
    };
    function parseCharCode(source, offset, length, onError) {
      const cc = source.substr(offset, length);
      const ok2 = cc.length === length && /^[0-9a-fA-F]+$/.test(cc);
      const code2 = ok2 ? parseInt(cc, 16) : NaN;
      try {
        return String.fromCodePoint(code2);
      } catch {
        const raw = source.substr(offset - 2, length + 2);
        onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
        return raw;
      }
    }
    exports.resolveFlowScalar = resolveFlowScalar;
  }
});

// node_modules/yaml/dist/compose/compose-scalar.js
var require_compose_scalar = __commonJS({
  "node_modules/yaml/dist/compose/compose-scalar.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    function composeScalar(ctx, token, tagToken, onError) {
      const { value, type, comment, range } = token.type === "block-scalar" ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError) : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
      const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
      let tag2;
      if (ctx.options.stringKeys && ctx.atKey) {
        tag2 = ctx.schema[identity.SCALAR];
      } else if (tagName)
        tag2 = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
      else if (token.type === "scalar")
        tag2 = findScalarTagByTest(ctx, value, token, onError);
      else
        tag2 = ctx.schema[identity.SCALAR];
      let scalar2;
      try {
        const res = tag2.resolve(value, (msg) => onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg), ctx.options);
        scalar2 = identity.isScalar(res) ? res : new Scalar.Scalar(res);
      } catch (error2) {
        const msg = error2 instanceof Error ? error2.message : String(error2);
        onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg);
        scalar2 = new Scalar.Scalar(value);
      }
      scalar2.range = range;
      scalar2.source = value;
      if (type)
        scalar2.type = type;
      if (tagName)
        scalar2.tag = tagName;
      if (tag2.format)
        scalar2.format = tag2.format;
      if (comment)
        scalar2.comment = comment;
      return scalar2;
    }
    function findScalarTagByName(schema, value, tagName, tagToken, onError) {
      if (tagName === "!")
        return schema[identity.SCALAR];
      const matchWithTest = [];
      for (const tag2 of schema.tags) {
        if (!tag2.collection && tag2.tag === tagName) {
          if (tag2.default && tag2.test)
            matchWithTest.push(tag2);
          else
            return tag2;
        }
      }
      for (const tag2 of matchWithTest)
        if (tag2.test?.test(value))
          return tag2;
      const kt = schema.knownTags[tagName];
      if (kt && !kt.collection) {
        schema.tags.push(Object.assign({}, kt, { default: false, test: void 0 }));
        return kt;
      }
      onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
      return schema[identity.SCALAR];
    }
    function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
      const tag2 = schema.tags.find((tag3) => (tag3.default === true || atKey && tag3.default === "key") && tag3.test?.test(value)) || schema[identity.SCALAR];
      if (schema.compat) {
        const compat = schema.compat.find((tag3) => tag3.default && tag3.test?.test(value)) ?? schema[identity.SCALAR];
        if (tag2.tag !== compat.tag) {
          const ts = directives.tagString(tag2.tag);
          const cs = directives.tagString(compat.tag);
          const msg = `Value may be parsed as either ${ts} or ${cs}`;
          onError(token, "TAG_RESOLVE_FAILED", msg, true);
        }
      }
      return tag2;
    }
    exports.composeScalar = composeScalar;
  }
});

// node_modules/yaml/dist/compose/util-empty-scalar-position.js
var require_util_empty_scalar_position = __commonJS({
  "node_modules/yaml/dist/compose/util-empty-scalar-position.js"(exports) {
    "use strict";
    function emptyScalarPosition(offset, before, pos) {
      if (before) {
        pos ?? (pos = before.length);
        for (let i = pos - 1; i >= 0; --i) {
          let st = before[i];
          switch (st.type) {
            case "space":
            case "comment":
            case "newline":
              offset -= st.source.length;
              continue;
          }
          st = before[++i];
          while (st?.type === "space") {
            offset += st.source.length;
            st = before[++i];
          }
          break;
        }
      }
      return offset;
    }
    exports.emptyScalarPosition = emptyScalarPosition;
  }
});

// node_modules/yaml/dist/compose/compose-node.js
var require_compose_node = __commonJS({
  "node_modules/yaml/dist/compose/compose-node.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var identity = require_identity();
    var composeCollection = require_compose_collection();
    var composeScalar = require_compose_scalar();
    var resolveEnd = require_resolve_end();
    var utilEmptyScalarPosition = require_util_empty_scalar_position();
    var CN = { composeNode, composeEmptyNode };
    function composeNode(ctx, token, props, onError) {
      const atKey = ctx.atKey;
      const { spaceBefore, comment, anchor: anchor2, tag: tag2 } = props;
      let node2;
      let isSrcToken = true;
      switch (token.type) {
        case "alias":
          node2 = composeAlias(ctx, token, onError);
          if (anchor2 || tag2)
            onError(token, "ALIAS_PROPS", "An alias node must not specify any properties");
          break;
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "block-scalar":
          node2 = composeScalar.composeScalar(ctx, token, tag2, onError);
          if (anchor2)
            node2.anchor = anchor2.source.substring(1);
          break;
        case "block-map":
        case "block-seq":
        case "flow-collection":
          try {
            node2 = composeCollection.composeCollection(CN, ctx, token, props, onError);
            if (anchor2)
              node2.anchor = anchor2.source.substring(1);
          } catch (error2) {
            const message2 = error2 instanceof Error ? error2.message : String(error2);
            onError(token, "RESOURCE_EXHAUSTION", message2);
          }
          break;
        default: {
          const message2 = token.type === "error" ? token.message : `Unsupported token (type: ${token.type})`;
          onError(token, "UNEXPECTED_TOKEN", message2);
          isSrcToken = false;
        }
      }
      node2 ?? (node2 = composeEmptyNode(ctx, token.offset, void 0, null, props, onError));
      if (anchor2 && node2.anchor === "")
        onError(anchor2, "BAD_ALIAS", "Anchor cannot be an empty string");
      if (atKey && ctx.options.stringKeys && (!identity.isScalar(node2) || typeof node2.value !== "string" || node2.tag && node2.tag !== "tag:yaml.org,2002:str")) {
        const msg = "With stringKeys, all keys must be strings";
        onError(tag2 ?? token, "NON_STRING_KEY", msg);
      }
      if (spaceBefore)
        node2.spaceBefore = true;
      if (comment) {
        if (token.type === "scalar" && token.source === "")
          node2.comment = comment;
        else
          node2.commentBefore = comment;
      }
      if (ctx.options.keepSourceTokens && isSrcToken)
        node2.srcToken = token;
      return node2;
    }
    function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor: anchor2, tag: tag2, end }, onError) {
      const token = {
        type: "scalar",
        offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
        indent: -1,
        source: ""
      };
      const node2 = composeScalar.composeScalar(ctx, token, tag2, onError);
      if (anchor2) {
        node2.anchor = anchor2.source.substring(1);
        if (node2.anchor === "")
          onError(anchor2, "BAD_ALIAS", "Anchor cannot be an empty string");
      }
      if (spaceBefore)
        node2.spaceBefore = true;
      if (comment) {
        node2.comment = comment;
        node2.range[2] = end;
      }
      return node2;
    }
    function composeAlias({ options }, { offset, source, end }, onError) {
      const alias = new Alias.Alias(source.substring(1));
      if (alias.source === "")
        onError(offset, "BAD_ALIAS", "Alias cannot be an empty string");
      if (alias.source.endsWith(":"))
        onError(offset + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
      const valueEnd = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd, options.strict, onError);
      alias.range = [offset, valueEnd, re.offset];
      if (re.comment)
        alias.comment = re.comment;
      return alias;
    }
    exports.composeEmptyNode = composeEmptyNode;
    exports.composeNode = composeNode;
  }
});

// node_modules/yaml/dist/compose/compose-doc.js
var require_compose_doc = __commonJS({
  "node_modules/yaml/dist/compose/compose-doc.js"(exports) {
    "use strict";
    var Document = require_Document();
    var composeNode = require_compose_node();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    function composeDoc(options, directives, { offset, start, value, end }, onError) {
      const opts = Object.assign({ _directives: directives }, options);
      const doc = new Document.Document(void 0, opts);
      const ctx = {
        atKey: false,
        atRoot: true,
        directives: doc.directives,
        options: doc.options,
        schema: doc.schema
      };
      const props = resolveProps.resolveProps(start, {
        indicator: "doc-start",
        next: value ?? end?.[0],
        offset,
        onError,
        parentIndent: 0,
        startOnNewline: true
      });
      if (props.found) {
        doc.directives.docStart = true;
        if (value && (value.type === "block-map" || value.type === "block-seq") && !props.hasNewline)
          onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
      }
      doc.contents = value ? composeNode.composeNode(ctx, value, props, onError) : composeNode.composeEmptyNode(ctx, props.end, start, null, props, onError);
      const contentEnd = doc.contents.range[2];
      const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
      if (re.comment)
        doc.comment = re.comment;
      doc.range = [offset, contentEnd, re.offset];
      return doc;
    }
    exports.composeDoc = composeDoc;
  }
});

// node_modules/yaml/dist/compose/composer.js
var require_composer = __commonJS({
  "node_modules/yaml/dist/compose/composer.js"(exports) {
    "use strict";
    var node_process = __require("process");
    var directives = require_directives();
    var Document = require_Document();
    var errors = require_errors();
    var identity = require_identity();
    var composeDoc = require_compose_doc();
    var resolveEnd = require_resolve_end();
    function getErrorPos(src) {
      if (typeof src === "number")
        return [src, src + 1];
      if (Array.isArray(src))
        return src.length === 2 ? src : [src[0], src[1]];
      const { offset, source } = src;
      return [offset, offset + (typeof source === "string" ? source.length : 1)];
    }
    function parsePrelude(prelude) {
      let comment = "";
      let atComment = false;
      let afterEmptyLine = false;
      for (let i = 0; i < prelude.length; ++i) {
        const source = prelude[i];
        switch (source[0]) {
          case "#":
            comment += (comment === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
            atComment = true;
            afterEmptyLine = false;
            break;
          case "%":
            if (prelude[i + 1]?.[0] !== "#")
              i += 1;
            atComment = false;
            break;
          default:
            if (!atComment)
              afterEmptyLine = true;
            atComment = false;
        }
      }
      return { comment, afterEmptyLine };
    }
    var Composer = class {
      constructor(options = {}) {
        this.doc = null;
        this.atDirectives = false;
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
        this.onError = (source, code2, message2, warning) => {
          const pos = getErrorPos(source);
          if (warning)
            this.warnings.push(new errors.YAMLWarning(pos, code2, message2));
          else
            this.errors.push(new errors.YAMLParseError(pos, code2, message2));
        };
        this.directives = new directives.Directives({ version: options.version || "1.2" });
        this.options = options;
      }
      decorate(doc, afterDoc) {
        const { comment, afterEmptyLine } = parsePrelude(this.prelude);
        if (comment) {
          const dc = doc.contents;
          if (afterDoc) {
            doc.comment = doc.comment ? `${doc.comment}
${comment}` : comment;
          } else if (afterEmptyLine || doc.directives.docStart || !dc) {
            doc.commentBefore = comment;
          } else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
            let it = dc.items[0];
            if (identity.isPair(it))
              it = it.key;
            const cb = it.commentBefore;
            it.commentBefore = cb ? `${comment}
${cb}` : comment;
          } else {
            const cb = dc.commentBefore;
            dc.commentBefore = cb ? `${comment}
${cb}` : comment;
          }
        }
        if (afterDoc) {
          for (let i = 0; i < this.errors.length; ++i)
            doc.errors.push(this.errors[i]);
          for (let i = 0; i < this.warnings.length; ++i)
            doc.warnings.push(this.warnings[i]);
        } else {
          doc.errors = this.errors;
          doc.warnings = this.warnings;
        }
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
      }
      /**
       * Current stream status information.
       *
       * Mostly useful at the end of input for an empty stream.
       */
      streamInfo() {
        return {
          comment: parsePrelude(this.prelude).comment,
          directives: this.directives,
          errors: this.errors,
          warnings: this.warnings
        };
      }
      /**
       * Compose tokens into documents.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *compose(tokens, forceDoc = false, endOffset = -1) {
        for (const token of tokens)
          yield* this.next(token);
        yield* this.end(forceDoc, endOffset);
      }
      /** Advance the composer by one CST token. */
      *next(token) {
        if (node_process.env.LOG_STREAM)
          console.dir(token, { depth: null });
        switch (token.type) {
          case "directive":
            this.directives.add(token.source, (offset, message2, warning) => {
              const pos = getErrorPos(token);
              pos[0] += offset;
              this.onError(pos, "BAD_DIRECTIVE", message2, warning);
            });
            this.prelude.push(token.source);
            this.atDirectives = true;
            break;
          case "document": {
            const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
            if (this.atDirectives && !doc.directives.docStart)
              this.onError(token, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
            this.decorate(doc, false);
            if (this.doc)
              yield this.doc;
            this.doc = doc;
            this.atDirectives = false;
            break;
          }
          case "byte-order-mark":
          case "space":
            break;
          case "comment":
          case "newline":
            this.prelude.push(token.source);
            break;
          case "error": {
            const msg = token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message;
            const error2 = new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg);
            if (this.atDirectives || !this.doc)
              this.errors.push(error2);
            else
              this.doc.errors.push(error2);
            break;
          }
          case "doc-end": {
            if (!this.doc) {
              const msg = "Unexpected doc-end without preceding document";
              this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg));
              break;
            }
            this.doc.directives.docEnd = true;
            const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
            this.decorate(this.doc, true);
            if (end.comment) {
              const dc = this.doc.comment;
              this.doc.comment = dc ? `${dc}
${end.comment}` : end.comment;
            }
            this.doc.range[2] = end.offset;
            break;
          }
          default:
            this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", `Unsupported token ${token.type}`));
        }
      }
      /**
       * Call at end of input to yield any remaining document.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *end(forceDoc = false, endOffset = -1) {
        if (this.doc) {
          this.decorate(this.doc, true);
          yield this.doc;
          this.doc = null;
        } else if (forceDoc) {
          const opts = Object.assign({ _directives: this.directives }, this.options);
          const doc = new Document.Document(void 0, opts);
          if (this.atDirectives)
            this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
          doc.range = [0, endOffset, endOffset];
          this.decorate(doc, false);
          yield doc;
        }
      }
    };
    exports.Composer = Composer;
  }
});

// node_modules/yaml/dist/parse/cst-scalar.js
var require_cst_scalar = __commonJS({
  "node_modules/yaml/dist/parse/cst-scalar.js"(exports) {
    "use strict";
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    var errors = require_errors();
    var stringifyString = require_stringifyString();
    function resolveAsScalar(token, strict = true, onError) {
      if (token) {
        const _onError = (pos, code2, message2) => {
          const offset = typeof pos === "number" ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
          if (onError)
            onError(offset, code2, message2);
          else
            throw new errors.YAMLParseError([offset, offset + 1], code2, message2);
        };
        switch (token.type) {
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
          case "block-scalar":
            return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
        }
      }
      return null;
    }
    function createScalarToken(value, context) {
      const { implicitKey = false, indent, inFlow = false, offset = -1, type = "PLAIN" } = context;
      const source = stringifyString.stringifyString({ type, value }, {
        implicitKey,
        indent: indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      const end = context.end ?? [
        { type: "newline", offset: -1, indent, source: "\n" }
      ];
      switch (source[0]) {
        case "|":
        case ">": {
          const he = source.indexOf("\n");
          const head = source.substring(0, he);
          const body = source.substring(he + 1) + "\n";
          const props = [
            { type: "block-scalar-header", offset, indent, source: head }
          ];
          if (!addEndtoBlockProps(props, end))
            props.push({ type: "newline", offset: -1, indent, source: "\n" });
          return { type: "block-scalar", offset, indent, props, source: body };
        }
        case '"':
          return { type: "double-quoted-scalar", offset, indent, source, end };
        case "'":
          return { type: "single-quoted-scalar", offset, indent, source, end };
        default:
          return { type: "scalar", offset, indent, source, end };
      }
    }
    function setScalarValue(token, value, context = {}) {
      let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
      let indent = "indent" in token ? token.indent : null;
      if (afterKey && typeof indent === "number")
        indent += 2;
      if (!type)
        switch (token.type) {
          case "single-quoted-scalar":
            type = "QUOTE_SINGLE";
            break;
          case "double-quoted-scalar":
            type = "QUOTE_DOUBLE";
            break;
          case "block-scalar": {
            const header = token.props[0];
            if (header.type !== "block-scalar-header")
              throw new Error("Invalid block scalar header");
            type = header.source[0] === ">" ? "BLOCK_FOLDED" : "BLOCK_LITERAL";
            break;
          }
          default:
            type = "PLAIN";
        }
      const source = stringifyString.stringifyString({ type, value }, {
        implicitKey: implicitKey || indent === null,
        indent: indent !== null && indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      switch (source[0]) {
        case "|":
        case ">":
          setBlockScalarValue(token, source);
          break;
        case '"':
          setFlowScalarValue(token, source, "double-quoted-scalar");
          break;
        case "'":
          setFlowScalarValue(token, source, "single-quoted-scalar");
          break;
        default:
          setFlowScalarValue(token, source, "scalar");
      }
    }
    function setBlockScalarValue(token, source) {
      const he = source.indexOf("\n");
      const head = source.substring(0, he);
      const body = source.substring(he + 1) + "\n";
      if (token.type === "block-scalar") {
        const header = token.props[0];
        if (header.type !== "block-scalar-header")
          throw new Error("Invalid block scalar header");
        header.source = head;
        token.source = body;
      } else {
        const { offset } = token;
        const indent = "indent" in token ? token.indent : -1;
        const props = [
          { type: "block-scalar-header", offset, indent, source: head }
        ];
        if (!addEndtoBlockProps(props, "end" in token ? token.end : void 0))
          props.push({ type: "newline", offset: -1, indent, source: "\n" });
        for (const key of Object.keys(token))
          if (key !== "type" && key !== "offset")
            delete token[key];
        Object.assign(token, { type: "block-scalar", indent, props, source: body });
      }
    }
    function addEndtoBlockProps(props, end) {
      if (end)
        for (const st of end)
          switch (st.type) {
            case "space":
            case "comment":
              props.push(st);
              break;
            case "newline":
              props.push(st);
              return true;
          }
      return false;
    }
    function setFlowScalarValue(token, source, type) {
      switch (token.type) {
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          token.type = type;
          token.source = source;
          break;
        case "block-scalar": {
          const end = token.props.slice(1);
          let oa = source.length;
          if (token.props[0].type === "block-scalar-header")
            oa -= token.props[0].source.length;
          for (const tok of end)
            tok.offset += oa;
          delete token.props;
          Object.assign(token, { type, source, end });
          break;
        }
        case "block-map":
        case "block-seq": {
          const offset = token.offset + source.length;
          const nl = { type: "newline", offset, indent: token.indent, source: "\n" };
          delete token.items;
          Object.assign(token, { type, source, end: [nl] });
          break;
        }
        default: {
          const indent = "indent" in token ? token.indent : -1;
          const end = "end" in token && Array.isArray(token.end) ? token.end.filter((st) => st.type === "space" || st.type === "comment" || st.type === "newline") : [];
          for (const key of Object.keys(token))
            if (key !== "type" && key !== "offset")
              delete token[key];
          Object.assign(token, { type, indent, source, end });
        }
      }
    }
    exports.createScalarToken = createScalarToken;
    exports.resolveAsScalar = resolveAsScalar;
    exports.setScalarValue = setScalarValue;
  }
});

// node_modules/yaml/dist/parse/cst-stringify.js
var require_cst_stringify = __commonJS({
  "node_modules/yaml/dist/parse/cst-stringify.js"(exports) {
    "use strict";
    var stringify = (cst) => "type" in cst ? stringifyToken(cst) : stringifyItem(cst);
    function stringifyToken(token) {
      switch (token.type) {
        case "block-scalar": {
          let res = "";
          for (const tok of token.props)
            res += stringifyToken(tok);
          return res + token.source;
        }
        case "block-map":
        case "block-seq": {
          let res = "";
          for (const item of token.items)
            res += stringifyItem(item);
          return res;
        }
        case "flow-collection": {
          let res = token.start.source;
          for (const item of token.items)
            res += stringifyItem(item);
          for (const st of token.end)
            res += st.source;
          return res;
        }
        case "document": {
          let res = stringifyItem(token);
          if (token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
        default: {
          let res = token.source;
          if ("end" in token && token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
      }
    }
    function stringifyItem({ start, key, sep: sep3, value }) {
      let res = "";
      for (const st of start)
        res += st.source;
      if (key)
        res += stringifyToken(key);
      if (sep3)
        for (const st of sep3)
          res += st.source;
      if (value)
        res += stringifyToken(value);
      return res;
    }
    exports.stringify = stringify;
  }
});

// node_modules/yaml/dist/parse/cst-visit.js
var require_cst_visit = __commonJS({
  "node_modules/yaml/dist/parse/cst-visit.js"(exports) {
    "use strict";
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove item");
    function visit2(cst, visitor) {
      if ("type" in cst && cst.type === "document")
        cst = { start: cst.start, value: cst.value };
      _visit(Object.freeze([]), cst, visitor);
    }
    visit2.BREAK = BREAK;
    visit2.SKIP = SKIP;
    visit2.REMOVE = REMOVE;
    visit2.itemAtPath = (cst, path) => {
      let item = cst;
      for (const [field, index] of path) {
        const tok = item?.[field];
        if (tok && "items" in tok) {
          item = tok.items[index];
        } else
          return void 0;
      }
      return item;
    };
    visit2.parentCollection = (cst, path) => {
      const parent = visit2.itemAtPath(cst, path.slice(0, -1));
      const field = path[path.length - 1][0];
      const coll = parent?.[field];
      if (coll && "items" in coll)
        return coll;
      throw new Error("Parent collection not found");
    };
    function _visit(path, item, visitor) {
      let ctrl = visitor(item, path);
      if (typeof ctrl === "symbol")
        return ctrl;
      for (const field of ["key", "value"]) {
        const token = item[field];
        if (token && "items" in token) {
          for (let i = 0; i < token.items.length; ++i) {
            const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              token.items.splice(i, 1);
              i -= 1;
            }
          }
          if (typeof ctrl === "function" && field === "key")
            ctrl = ctrl(item, path);
        }
      }
      return typeof ctrl === "function" ? ctrl(item, path) : ctrl;
    }
    exports.visit = visit2;
  }
});

// node_modules/yaml/dist/parse/cst.js
var require_cst = __commonJS({
  "node_modules/yaml/dist/parse/cst.js"(exports) {
    "use strict";
    var cstScalar = require_cst_scalar();
    var cstStringify = require_cst_stringify();
    var cstVisit = require_cst_visit();
    var BOM = "\uFEFF";
    var DOCUMENT = "";
    var FLOW_END = "";
    var SCALAR = "";
    var isCollection = (token) => !!token && "items" in token;
    var isScalar2 = (token) => !!token && (token.type === "scalar" || token.type === "single-quoted-scalar" || token.type === "double-quoted-scalar" || token.type === "block-scalar");
    function prettyToken(token) {
      switch (token) {
        case BOM:
          return "<BOM>";
        case DOCUMENT:
          return "<DOC>";
        case FLOW_END:
          return "<FLOW_END>";
        case SCALAR:
          return "<SCALAR>";
        default:
          return JSON.stringify(token);
      }
    }
    function tokenType(source) {
      switch (source) {
        case BOM:
          return "byte-order-mark";
        case DOCUMENT:
          return "doc-mode";
        case FLOW_END:
          return "flow-error-end";
        case SCALAR:
          return "scalar";
        case "---":
          return "doc-start";
        case "...":
          return "doc-end";
        case "":
        case "\n":
        case "\r\n":
          return "newline";
        case "-":
          return "seq-item-ind";
        case "?":
          return "explicit-key-ind";
        case ":":
          return "map-value-ind";
        case "{":
          return "flow-map-start";
        case "}":
          return "flow-map-end";
        case "[":
          return "flow-seq-start";
        case "]":
          return "flow-seq-end";
        case ",":
          return "comma";
      }
      switch (source[0]) {
        case " ":
        case "	":
          return "space";
        case "#":
          return "comment";
        case "%":
          return "directive-line";
        case "*":
          return "alias";
        case "&":
          return "anchor";
        case "!":
          return "tag";
        case "'":
          return "single-quoted-scalar";
        case '"':
          return "double-quoted-scalar";
        case "|":
        case ">":
          return "block-scalar-header";
      }
      return null;
    }
    exports.createScalarToken = cstScalar.createScalarToken;
    exports.resolveAsScalar = cstScalar.resolveAsScalar;
    exports.setScalarValue = cstScalar.setScalarValue;
    exports.stringify = cstStringify.stringify;
    exports.visit = cstVisit.visit;
    exports.BOM = BOM;
    exports.DOCUMENT = DOCUMENT;
    exports.FLOW_END = FLOW_END;
    exports.SCALAR = SCALAR;
    exports.isCollection = isCollection;
    exports.isScalar = isScalar2;
    exports.prettyToken = prettyToken;
    exports.tokenType = tokenType;
  }
});

// node_modules/yaml/dist/parse/lexer.js
var require_lexer = __commonJS({
  "node_modules/yaml/dist/parse/lexer.js"(exports) {
    "use strict";
    var cst = require_cst();
    function isEmpty2(ch) {
      switch (ch) {
        case void 0:
        case " ":
        case "\n":
        case "\r":
        case "	":
          return true;
        default:
          return false;
      }
    }
    var hexDigits = new Set("0123456789ABCDEFabcdef");
    var tagChars = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
    var flowIndicatorChars = new Set(",[]{}");
    var invalidAnchorChars = new Set(" ,[]{}\n\r	");
    var isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
    var Lexer = class {
      constructor() {
        this.atEnd = false;
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        this.buffer = "";
        this.flowKey = false;
        this.flowLevel = 0;
        this.indentNext = 0;
        this.indentValue = 0;
        this.lineEndPos = null;
        this.next = null;
        this.pos = 0;
      }
      /**
       * Generate YAML tokens from the `source` string. If `incomplete`,
       * a part of the last line may be left as a buffer for the next call.
       *
       * @returns A generator of lexical tokens
       */
      *lex(source, incomplete = false) {
        if (source) {
          if (typeof source !== "string")
            throw TypeError("source is not a string");
          this.buffer = this.buffer ? this.buffer + source : source;
          this.lineEndPos = null;
        }
        this.atEnd = !incomplete;
        let next = this.next ?? "stream";
        while (next && (incomplete || this.hasChars(1)))
          next = yield* this.parseNext(next);
      }
      atLineEnd() {
        let i = this.pos;
        let ch = this.buffer[i];
        while (ch === " " || ch === "	")
          ch = this.buffer[++i];
        if (!ch || ch === "#" || ch === "\n")
          return true;
        if (ch === "\r")
          return this.buffer[i + 1] === "\n";
        return false;
      }
      charAt(n) {
        return this.buffer[this.pos + n];
      }
      continueScalar(offset) {
        let ch = this.buffer[offset];
        if (this.indentNext > 0) {
          let indent = 0;
          while (ch === " ")
            ch = this.buffer[++indent + offset];
          if (ch === "\r") {
            const next = this.buffer[indent + offset + 1];
            if (next === "\n" || !next && !this.atEnd)
              return offset + indent + 1;
          }
          return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
        }
        if (ch === "-" || ch === ".") {
          const dt = this.buffer.substr(offset, 3);
          if ((dt === "---" || dt === "...") && isEmpty2(this.buffer[offset + 3]))
            return -1;
        }
        return offset;
      }
      getLine() {
        let end = this.lineEndPos;
        if (typeof end !== "number" || end !== -1 && end < this.pos) {
          end = this.buffer.indexOf("\n", this.pos);
          this.lineEndPos = end;
        }
        if (end === -1)
          return this.atEnd ? this.buffer.substring(this.pos) : null;
        if (this.buffer[end - 1] === "\r")
          end -= 1;
        return this.buffer.substring(this.pos, end);
      }
      hasChars(n) {
        return this.pos + n <= this.buffer.length;
      }
      setNext(state) {
        this.buffer = this.buffer.substring(this.pos);
        this.pos = 0;
        this.lineEndPos = null;
        this.next = state;
        return null;
      }
      peek(n) {
        return this.buffer.substr(this.pos, n);
      }
      *parseNext(next) {
        switch (next) {
          case "stream":
            return yield* this.parseStream();
          case "line-start":
            return yield* this.parseLineStart();
          case "block-start":
            return yield* this.parseBlockStart();
          case "doc":
            return yield* this.parseDocument();
          case "flow":
            return yield* this.parseFlowCollection();
          case "quoted-scalar":
            return yield* this.parseQuotedScalar();
          case "block-scalar":
            return yield* this.parseBlockScalar();
          case "plain-scalar":
            return yield* this.parsePlainScalar();
        }
      }
      *parseStream() {
        let line4 = this.getLine();
        if (line4 === null)
          return this.setNext("stream");
        if (line4[0] === cst.BOM) {
          yield* this.pushCount(1);
          line4 = line4.substring(1);
        }
        if (line4[0] === "%") {
          let dirEnd = line4.length;
          let cs = line4.indexOf("#");
          while (cs !== -1) {
            const ch = line4[cs - 1];
            if (ch === " " || ch === "	") {
              dirEnd = cs - 1;
              break;
            } else {
              cs = line4.indexOf("#", cs + 1);
            }
          }
          while (true) {
            const ch = line4[dirEnd - 1];
            if (ch === " " || ch === "	")
              dirEnd -= 1;
            else
              break;
          }
          const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
          yield* this.pushCount(line4.length - n);
          this.pushNewline();
          return "stream";
        }
        if (this.atLineEnd()) {
          const sp = yield* this.pushSpaces(true);
          yield* this.pushCount(line4.length - sp);
          yield* this.pushNewline();
          return "stream";
        }
        yield cst.DOCUMENT;
        return yield* this.parseLineStart();
      }
      *parseLineStart() {
        const ch = this.charAt(0);
        if (!ch && !this.atEnd)
          return this.setNext("line-start");
        if (ch === "-" || ch === ".") {
          if (!this.atEnd && !this.hasChars(4))
            return this.setNext("line-start");
          const s = this.peek(3);
          if ((s === "---" || s === "...") && isEmpty2(this.charAt(3))) {
            yield* this.pushCount(3);
            this.indentValue = 0;
            this.indentNext = 0;
            return s === "---" ? "doc" : "stream";
          }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty2(this.charAt(1)))
          this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
      }
      *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
          return this.setNext("block-start");
        if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty2(ch1)) {
          const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
          this.indentNext = this.indentValue + 1;
          this.indentValue += n;
          return "block-start";
        }
        return "doc";
      }
      *parseDocument() {
        yield* this.pushSpaces(true);
        const line4 = this.getLine();
        if (line4 === null)
          return this.setNext("doc");
        let n = yield* this.pushIndicators();
        switch (line4[n]) {
          case "#":
            yield* this.pushCount(line4.length - n);
          // fallthrough
          case void 0:
            yield* this.pushNewline();
            return yield* this.parseLineStart();
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel = 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            return "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "doc";
          case '"':
          case "'":
            return yield* this.parseQuotedScalar();
          case "|":
          case ">":
            n += yield* this.parseBlockScalarHeader();
            n += yield* this.pushSpaces(true);
            yield* this.pushCount(line4.length - n);
            yield* this.pushNewline();
            return yield* this.parseBlockScalar();
          default:
            return yield* this.parsePlainScalar();
        }
      }
      *parseFlowCollection() {
        let nl, sp;
        let indent = -1;
        do {
          nl = yield* this.pushNewline();
          if (nl > 0) {
            sp = yield* this.pushSpaces(false);
            this.indentValue = indent = sp;
          } else {
            sp = 0;
          }
          sp += yield* this.pushSpaces(true);
        } while (nl + sp > 0);
        const line4 = this.getLine();
        if (line4 === null)
          return this.setNext("flow");
        if (indent !== -1 && indent < this.indentNext && line4[0] !== "#" || indent === 0 && (line4.startsWith("---") || line4.startsWith("...")) && isEmpty2(line4[3])) {
          const atFlowEndMarker = indent === this.indentNext - 1 && this.flowLevel === 1 && (line4[0] === "]" || line4[0] === "}");
          if (!atFlowEndMarker) {
            this.flowLevel = 0;
            yield cst.FLOW_END;
            return yield* this.parseLineStart();
          }
        }
        let n = 0;
        while (line4[n] === ",") {
          n += yield* this.pushCount(1);
          n += yield* this.pushSpaces(true);
          this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line4[n]) {
          case void 0:
            return "flow";
          case "#":
            yield* this.pushCount(line4.length - n);
            return "flow";
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel += 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            this.flowKey = true;
            this.flowLevel -= 1;
            return this.flowLevel ? "flow" : "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "flow";
          case '"':
          case "'":
            this.flowKey = true;
            return yield* this.parseQuotedScalar();
          case ":": {
            const next = this.charAt(1);
            if (this.flowKey || isEmpty2(next) || next === ",") {
              this.flowKey = false;
              yield* this.pushCount(1);
              yield* this.pushSpaces(true);
              return "flow";
            }
          }
          // fallthrough
          default:
            this.flowKey = false;
            return yield* this.parsePlainScalar();
        }
      }
      *parseQuotedScalar() {
        const quote = this.charAt(0);
        let end = this.buffer.indexOf(quote, this.pos + 1);
        if (quote === "'") {
          while (end !== -1 && this.buffer[end + 1] === "'")
            end = this.buffer.indexOf("'", end + 2);
        } else {
          while (end !== -1) {
            let n = 0;
            while (this.buffer[end - 1 - n] === "\\")
              n += 1;
            if (n % 2 === 0)
              break;
            end = this.buffer.indexOf('"', end + 1);
          }
        }
        const qb = this.buffer.substring(0, end);
        let nl = qb.indexOf("\n", this.pos);
        if (nl !== -1) {
          while (nl !== -1) {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = qb.indexOf("\n", cs);
          }
          if (nl !== -1) {
            end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
          }
        }
        if (end === -1) {
          if (!this.atEnd)
            return this.setNext("quoted-scalar");
          end = this.buffer.length;
        }
        yield* this.pushToIndex(end + 1, false);
        return this.flowLevel ? "flow" : "doc";
      }
      *parseBlockScalarHeader() {
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        let i = this.pos;
        while (true) {
          const ch = this.buffer[++i];
          if (ch === "+")
            this.blockScalarKeep = true;
          else if (ch > "0" && ch <= "9")
            this.blockScalarIndent = Number(ch) - 1;
          else if (ch !== "-")
            break;
        }
        return yield* this.pushUntil((ch) => isEmpty2(ch) || ch === "#");
      }
      *parseBlockScalar() {
        let nl = this.pos - 1;
        let indent = 0;
        let ch;
        loop: for (let i2 = this.pos; ch = this.buffer[i2]; ++i2) {
          switch (ch) {
            case " ":
              indent += 1;
              break;
            case "\n":
              nl = i2;
              indent = 0;
              break;
            case "\r": {
              const next = this.buffer[i2 + 1];
              if (!next && !this.atEnd)
                return this.setNext("block-scalar");
              if (next === "\n")
                break;
            }
            // fallthrough
            default:
              break loop;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("block-scalar");
        if (indent >= this.indentNext) {
          if (this.blockScalarIndent === -1)
            this.indentNext = indent;
          else {
            this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
          }
          do {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = this.buffer.indexOf("\n", cs);
          } while (nl !== -1);
          if (nl === -1) {
            if (!this.atEnd)
              return this.setNext("block-scalar");
            nl = this.buffer.length;
          }
        }
        let i = nl + 1;
        ch = this.buffer[i];
        while (ch === " ")
          ch = this.buffer[++i];
        if (ch === "	") {
          while (ch === "	" || ch === " " || ch === "\r" || ch === "\n")
            ch = this.buffer[++i];
          nl = i - 1;
        } else if (!this.blockScalarKeep) {
          do {
            let i2 = nl - 1;
            let ch2 = this.buffer[i2];
            if (ch2 === "\r")
              ch2 = this.buffer[--i2];
            const lastChar = i2;
            while (ch2 === " ")
              ch2 = this.buffer[--i2];
            if (ch2 === "\n" && i2 >= this.pos && i2 + 1 + indent > lastChar)
              nl = i2;
            else
              break;
          } while (true);
        }
        yield cst.SCALAR;
        yield* this.pushToIndex(nl + 1, true);
        return yield* this.parseLineStart();
      }
      *parsePlainScalar() {
        const inFlow = this.flowLevel > 0;
        let end = this.pos - 1;
        let i = this.pos - 1;
        let ch;
        while (ch = this.buffer[++i]) {
          if (ch === ":") {
            const next = this.buffer[i + 1];
            if (isEmpty2(next) || inFlow && flowIndicatorChars.has(next))
              break;
            end = i;
          } else if (isEmpty2(ch)) {
            let next = this.buffer[i + 1];
            if (ch === "\r") {
              if (next === "\n") {
                i += 1;
                ch = "\n";
                next = this.buffer[i + 1];
              } else
                end = i;
            }
            if (next === "#" || inFlow && flowIndicatorChars.has(next))
              break;
            if (ch === "\n") {
              const cs = this.continueScalar(i + 1);
              if (cs === -1)
                break;
              i = Math.max(i, cs - 2);
            }
          } else {
            if (inFlow && flowIndicatorChars.has(ch))
              break;
            end = i;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("plain-scalar");
        yield cst.SCALAR;
        yield* this.pushToIndex(end + 1, true);
        return inFlow ? "flow" : "doc";
      }
      *pushCount(n) {
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos += n;
          return n;
        }
        return 0;
      }
      *pushToIndex(i, allowEmpty) {
        const s = this.buffer.slice(this.pos, i);
        if (s) {
          yield s;
          this.pos += s.length;
          return s.length;
        } else if (allowEmpty)
          yield "";
        return 0;
      }
      *pushIndicators() {
        let n = 0;
        loop: while (true) {
          switch (this.charAt(0)) {
            case "!":
              n += yield* this.pushTag();
              n += yield* this.pushSpaces(true);
              continue loop;
            case "&":
              n += yield* this.pushUntil(isNotAnchorChar);
              n += yield* this.pushSpaces(true);
              continue loop;
            case "-":
            // this is an error
            case "?":
            // this is an error outside flow collections
            case ":": {
              const inFlow = this.flowLevel > 0;
              const ch1 = this.charAt(1);
              if (isEmpty2(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
                if (!inFlow)
                  this.indentNext = this.indentValue + 1;
                else if (this.flowKey)
                  this.flowKey = false;
                n += yield* this.pushCount(1);
                n += yield* this.pushSpaces(true);
                continue loop;
              }
            }
          }
          break loop;
        }
        return n;
      }
      *pushTag() {
        if (this.charAt(1) === "<") {
          let i = this.pos + 2;
          let ch = this.buffer[i];
          while (!isEmpty2(ch) && ch !== ">")
            ch = this.buffer[++i];
          return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
        } else {
          let i = this.pos + 1;
          let ch = this.buffer[i];
          while (ch) {
            if (tagChars.has(ch))
              ch = this.buffer[++i];
            else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) {
              ch = this.buffer[i += 3];
            } else
              break;
          }
          return yield* this.pushToIndex(i, false);
        }
      }
      *pushNewline() {
        const ch = this.buffer[this.pos];
        if (ch === "\n")
          return yield* this.pushCount(1);
        else if (ch === "\r" && this.charAt(1) === "\n")
          return yield* this.pushCount(2);
        else
          return 0;
      }
      *pushSpaces(allowTabs) {
        let i = this.pos - 1;
        let ch;
        do {
          ch = this.buffer[++i];
        } while (ch === " " || allowTabs && ch === "	");
        const n = i - this.pos;
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos = i;
        }
        return n;
      }
      *pushUntil(test) {
        let i = this.pos;
        let ch = this.buffer[i];
        while (!test(ch))
          ch = this.buffer[++i];
        return yield* this.pushToIndex(i, false);
      }
    };
    exports.Lexer = Lexer;
  }
});

// node_modules/yaml/dist/parse/line-counter.js
var require_line_counter = __commonJS({
  "node_modules/yaml/dist/parse/line-counter.js"(exports) {
    "use strict";
    var LineCounter2 = class {
      constructor() {
        this.lineStarts = [];
        this.addNewLine = (offset) => this.lineStarts.push(offset);
        this.linePos = (offset) => {
          let low = 0;
          let high = this.lineStarts.length;
          while (low < high) {
            const mid = low + high >> 1;
            if (this.lineStarts[mid] < offset)
              low = mid + 1;
            else
              high = mid;
          }
          if (this.lineStarts[low] === offset)
            return { line: low + 1, col: 1 };
          if (low === 0)
            return { line: 0, col: offset };
          const start = this.lineStarts[low - 1];
          return { line: low, col: offset - start + 1 };
        };
      }
    };
    exports.LineCounter = LineCounter2;
  }
});

// node_modules/yaml/dist/parse/parser.js
var require_parser = __commonJS({
  "node_modules/yaml/dist/parse/parser.js"(exports) {
    "use strict";
    var node_process = __require("process");
    var cst = require_cst();
    var lexer = require_lexer();
    function includesToken(list4, type) {
      for (let i = 0; i < list4.length; ++i)
        if (list4[i].type === type)
          return true;
      return false;
    }
    function findNonEmptyIndex(list4) {
      for (let i = 0; i < list4.length; ++i) {
        switch (list4[i].type) {
          case "space":
          case "comment":
          case "newline":
            break;
          default:
            return i;
        }
      }
      return -1;
    }
    function isFlowToken(token) {
      switch (token?.type) {
        case "alias":
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "flow-collection":
          return true;
        default:
          return false;
      }
    }
    function getPrevProps(parent) {
      switch (parent.type) {
        case "document":
          return parent.start;
        case "block-map": {
          const it = parent.items[parent.items.length - 1];
          return it.sep ?? it.start;
        }
        case "block-seq":
          return parent.items[parent.items.length - 1].start;
        /* istanbul ignore next should not happen */
        default:
          return [];
      }
    }
    function getFirstKeyStartProps(prev) {
      if (prev.length === 0)
        return [];
      let i = prev.length;
      loop: while (--i >= 0) {
        switch (prev[i].type) {
          case "doc-start":
          case "explicit-key-ind":
          case "map-value-ind":
          case "seq-item-ind":
          case "newline":
            break loop;
        }
      }
      while (prev[++i]?.type === "space") {
      }
      return prev.splice(i, prev.length);
    }
    function arrayPushArray(target, source) {
      if (source.length < 1e5)
        Array.prototype.push.apply(target, source);
      else
        for (let i = 0; i < source.length; ++i)
          target.push(source[i]);
    }
    function fixFlowSeqItems(fc) {
      if (fc.start.type === "flow-seq-start") {
        for (const it of fc.items) {
          if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
            if (it.key)
              it.value = it.key;
            delete it.key;
            if (isFlowToken(it.value)) {
              if (it.value.end)
                arrayPushArray(it.value.end, it.sep);
              else
                it.value.end = it.sep;
            } else
              arrayPushArray(it.start, it.sep);
            delete it.sep;
          }
        }
      }
    }
    var Parser = class {
      /**
       * @param onNewLine - If defined, called separately with the start position of
       *   each new line (in `parse()`, including the start of input).
       */
      constructor(onNewLine) {
        this.atNewLine = true;
        this.atScalar = false;
        this.indent = 0;
        this.offset = 0;
        this.onKeyLine = false;
        this.stack = [];
        this.source = "";
        this.type = "";
        this.lexer = new lexer.Lexer();
        this.onNewLine = onNewLine;
      }
      /**
       * Parse `source` as a YAML stream.
       * If `incomplete`, a part of the last line may be left as a buffer for the next call.
       *
       * Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
       *
       * @returns A generator of tokens representing each directive, document, and other structure.
       */
      *parse(source, incomplete = false) {
        if (this.onNewLine && this.offset === 0)
          this.onNewLine(0);
        for (const lexeme of this.lexer.lex(source, incomplete))
          yield* this.next(lexeme);
        if (!incomplete)
          yield* this.end();
      }
      /**
       * Advance the parser by the `source` of one lexical token.
       */
      *next(source) {
        this.source = source;
        if (node_process.env.LOG_TOKENS)
          console.log("|", cst.prettyToken(source));
        if (this.atScalar) {
          this.atScalar = false;
          yield* this.step();
          this.offset += source.length;
          return;
        }
        const type = cst.tokenType(source);
        if (!type) {
          const message2 = `Not a YAML token: ${source}`;
          yield* this.pop({ type: "error", offset: this.offset, message: message2, source });
          this.offset += source.length;
        } else if (type === "scalar") {
          this.atNewLine = false;
          this.atScalar = true;
          this.type = "scalar";
        } else {
          this.type = type;
          yield* this.step();
          switch (type) {
            case "newline":
              this.atNewLine = true;
              this.indent = 0;
              if (this.onNewLine)
                this.onNewLine(this.offset + source.length);
              break;
            case "space":
              if (this.atNewLine && source[0] === " ")
                this.indent += source.length;
              break;
            case "explicit-key-ind":
            case "map-value-ind":
            case "seq-item-ind":
              if (this.atNewLine)
                this.indent += source.length;
              break;
            case "doc-mode":
            case "flow-error-end":
              return;
            default:
              this.atNewLine = false;
          }
          this.offset += source.length;
        }
      }
      /** Call at end of input to push out any remaining constructions */
      *end() {
        while (this.stack.length > 0)
          yield* this.pop();
      }
      get sourceToken() {
        const st = {
          type: this.type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
        return st;
      }
      *step() {
        const top = this.peek(1);
        if (this.type === "doc-end" && top?.type !== "doc-end") {
          while (this.stack.length > 0)
            yield* this.pop();
          this.stack.push({
            type: "doc-end",
            offset: this.offset,
            source: this.source
          });
          return;
        }
        if (!top)
          return yield* this.stream();
        switch (top.type) {
          case "document":
            return yield* this.document(top);
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return yield* this.scalar(top);
          case "block-scalar":
            return yield* this.blockScalar(top);
          case "block-map":
            return yield* this.blockMap(top);
          case "block-seq":
            return yield* this.blockSequence(top);
          case "flow-collection":
            return yield* this.flowCollection(top);
          case "doc-end":
            return yield* this.documentEnd(top);
        }
        yield* this.pop();
      }
      peek(n) {
        return this.stack[this.stack.length - n];
      }
      *pop(error2) {
        const token = error2 ?? this.stack.pop();
        if (!token) {
          const message2 = "Tried to pop an empty stack";
          yield { type: "error", offset: this.offset, source: "", message: message2 };
        } else if (this.stack.length === 0) {
          yield token;
        } else {
          const top = this.peek(1);
          if (token.type === "block-scalar") {
            token.indent = "indent" in top ? top.indent : 0;
          } else if (token.type === "flow-collection" && top.type === "document") {
            token.indent = 0;
          }
          if (token.type === "flow-collection")
            fixFlowSeqItems(token);
          switch (top.type) {
            case "document":
              top.value = token;
              break;
            case "block-scalar":
              top.props.push(token);
              break;
            case "block-map": {
              const it = top.items[top.items.length - 1];
              if (it.value) {
                top.items.push({ start: [], key: token, sep: [] });
                this.onKeyLine = true;
                return;
              } else if (it.sep) {
                it.value = token;
              } else {
                Object.assign(it, { key: token, sep: [] });
                this.onKeyLine = !it.explicitKey;
                return;
              }
              break;
            }
            case "block-seq": {
              const it = top.items[top.items.length - 1];
              if (it.value)
                top.items.push({ start: [], value: token });
              else
                it.value = token;
              break;
            }
            case "flow-collection": {
              const it = top.items[top.items.length - 1];
              if (!it || it.value)
                top.items.push({ start: [], key: token, sep: [] });
              else if (it.sep)
                it.value = token;
              else
                Object.assign(it, { key: token, sep: [] });
              return;
            }
            /* istanbul ignore next should not happen */
            default:
              yield* this.pop();
              yield* this.pop(token);
          }
          if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token.type === "block-map" || token.type === "block-seq")) {
            const last = token.items[token.items.length - 1];
            if (last && !last.sep && !last.value && last.start.length > 0 && findNonEmptyIndex(last.start) === -1 && (token.indent === 0 || last.start.every((st) => st.type !== "comment" || st.indent < token.indent))) {
              if (top.type === "document")
                top.end = last.start;
              else
                top.items.push({ start: last.start });
              token.items.splice(-1, 1);
            }
          }
        }
      }
      *stream() {
        switch (this.type) {
          case "directive-line":
            yield { type: "directive", offset: this.offset, source: this.source };
            return;
          case "byte-order-mark":
          case "space":
          case "comment":
          case "newline":
            yield this.sourceToken;
            return;
          case "doc-mode":
          case "doc-start": {
            const doc = {
              type: "document",
              offset: this.offset,
              start: []
            };
            if (this.type === "doc-start")
              doc.start.push(this.sourceToken);
            this.stack.push(doc);
            return;
          }
        }
        yield {
          type: "error",
          offset: this.offset,
          message: `Unexpected ${this.type} token in YAML stream`,
          source: this.source
        };
      }
      *document(doc) {
        if (doc.value)
          return yield* this.lineEnd(doc);
        switch (this.type) {
          case "doc-start": {
            if (findNonEmptyIndex(doc.start) !== -1) {
              yield* this.pop();
              yield* this.step();
            } else
              doc.start.push(this.sourceToken);
            return;
          }
          case "anchor":
          case "tag":
          case "space":
          case "comment":
          case "newline":
            doc.start.push(this.sourceToken);
            return;
        }
        const bv = this.startBlockValue(doc);
        if (bv)
          this.stack.push(bv);
        else {
          yield {
            type: "error",
            offset: this.offset,
            message: `Unexpected ${this.type} token in YAML document`,
            source: this.source
          };
        }
      }
      *scalar(scalar2) {
        if (this.type === "map-value-ind") {
          const prev = getPrevProps(this.peek(2));
          const start = getFirstKeyStartProps(prev);
          let sep3;
          if (scalar2.end) {
            sep3 = scalar2.end;
            sep3.push(this.sourceToken);
            delete scalar2.end;
          } else
            sep3 = [this.sourceToken];
          const map = {
            type: "block-map",
            offset: scalar2.offset,
            indent: scalar2.indent,
            items: [{ start, key: scalar2, sep: sep3 }]
          };
          this.onKeyLine = true;
          this.stack[this.stack.length - 1] = map;
        } else
          yield* this.lineEnd(scalar2);
      }
      *blockScalar(scalar2) {
        switch (this.type) {
          case "space":
          case "comment":
          case "newline":
            scalar2.props.push(this.sourceToken);
            return;
          case "scalar":
            scalar2.source = this.source;
            this.atNewLine = true;
            this.indent = 0;
            if (this.onNewLine) {
              let nl = this.source.indexOf("\n") + 1;
              while (nl !== 0) {
                this.onNewLine(this.offset + nl);
                nl = this.source.indexOf("\n", nl) + 1;
              }
            }
            yield* this.pop();
            break;
          /* istanbul ignore next should not happen */
          default:
            yield* this.pop();
            yield* this.step();
        }
      }
      *blockMap(map) {
        const it = map.items[map.items.length - 1];
        switch (this.type) {
          case "newline":
            this.onKeyLine = false;
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last?.type === "comment")
                end?.push(this.sourceToken);
              else
                map.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              it.start.push(this.sourceToken);
            }
            return;
          case "space":
          case "comment":
            if (it.value) {
              map.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              if (this.atIndentedComment(it.start, map.indent)) {
                const prev = map.items[map.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  map.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
        }
        if (this.indent >= map.indent) {
          const atMapIndent = !this.onKeyLine && this.indent === map.indent;
          const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
          let start = [];
          if (atNextItem && it.sep && !it.value) {
            const nl = [];
            for (let i = 0; i < it.sep.length; ++i) {
              const st = it.sep[i];
              switch (st.type) {
                case "newline":
                  nl.push(i);
                  break;
                case "space":
                  break;
                case "comment":
                  if (st.indent > map.indent)
                    nl.length = 0;
                  break;
                default:
                  nl.length = 0;
              }
            }
            if (nl.length >= 2)
              start = it.sep.splice(nl[1]);
          }
          switch (this.type) {
            case "anchor":
            case "tag":
              if (atNextItem || it.value) {
                start.push(this.sourceToken);
                map.items.push({ start });
                this.onKeyLine = true;
              } else if (it.sep) {
                it.sep.push(this.sourceToken);
              } else {
                it.start.push(this.sourceToken);
              }
              return;
            case "explicit-key-ind":
              if (!it.sep && !it.explicitKey) {
                it.start.push(this.sourceToken);
                it.explicitKey = true;
              } else if (atNextItem || it.value) {
                start.push(this.sourceToken);
                map.items.push({ start, explicitKey: true });
              } else {
                this.stack.push({
                  type: "block-map",
                  offset: this.offset,
                  indent: this.indent,
                  items: [{ start: [this.sourceToken], explicitKey: true }]
                });
              }
              this.onKeyLine = true;
              return;
            case "map-value-ind":
              if (it.explicitKey) {
                if (!it.sep) {
                  if (includesToken(it.start, "newline")) {
                    Object.assign(it, { key: null, sep: [this.sourceToken] });
                  } else {
                    const start2 = getFirstKeyStartProps(it.start);
                    this.stack.push({
                      type: "block-map",
                      offset: this.offset,
                      indent: this.indent,
                      items: [{ start: start2, key: null, sep: [this.sourceToken] }]
                    });
                  }
                } else if (it.value) {
                  map.items.push({ start: [], key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start, key: null, sep: [this.sourceToken] }]
                  });
                } else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
                  const start2 = getFirstKeyStartProps(it.start);
                  const key = it.key;
                  const sep3 = it.sep;
                  sep3.push(this.sourceToken);
                  delete it.key;
                  delete it.sep;
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: start2, key, sep: sep3 }]
                  });
                } else if (start.length > 0) {
                  it.sep = it.sep.concat(start, this.sourceToken);
                } else {
                  it.sep.push(this.sourceToken);
                }
              } else {
                if (!it.sep) {
                  Object.assign(it, { key: null, sep: [this.sourceToken] });
                } else if (it.value || atNextItem) {
                  map.items.push({ start, key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: [], key: null, sep: [this.sourceToken] }]
                  });
                } else {
                  it.sep.push(this.sourceToken);
                }
              }
              this.onKeyLine = true;
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs = this.flowScalar(this.type);
              if (atNextItem || it.value) {
                map.items.push({ start, key: fs, sep: [] });
                this.onKeyLine = true;
              } else if (it.sep) {
                this.stack.push(fs);
              } else {
                Object.assign(it, { key: fs, sep: [] });
                this.onKeyLine = true;
              }
              return;
            }
            default: {
              const bv = this.startBlockValue(map);
              if (bv) {
                if (bv.type === "block-seq") {
                  if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
                    yield* this.pop({
                      type: "error",
                      offset: this.offset,
                      message: "Unexpected block-seq-ind on same line with key",
                      source: this.source
                    });
                    return;
                  }
                } else if (atMapIndent) {
                  map.items.push({ start });
                }
                this.stack.push(bv);
                return;
              }
            }
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *blockSequence(seq) {
        const it = seq.items[seq.items.length - 1];
        switch (this.type) {
          case "newline":
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last?.type === "comment")
                end?.push(this.sourceToken);
              else
                seq.items.push({ start: [this.sourceToken] });
            } else
              it.start.push(this.sourceToken);
            return;
          case "space":
          case "comment":
            if (it.value)
              seq.items.push({ start: [this.sourceToken] });
            else {
              if (this.atIndentedComment(it.start, seq.indent)) {
                const prev = seq.items[seq.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  seq.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
          case "anchor":
          case "tag":
            if (it.value || this.indent <= seq.indent)
              break;
            it.start.push(this.sourceToken);
            return;
          case "seq-item-ind":
            if (this.indent !== seq.indent)
              break;
            if (it.value || includesToken(it.start, "seq-item-ind"))
              seq.items.push({ start: [this.sourceToken] });
            else
              it.start.push(this.sourceToken);
            return;
        }
        if (this.indent > seq.indent) {
          const bv = this.startBlockValue(seq);
          if (bv) {
            this.stack.push(bv);
            return;
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *flowCollection(fc) {
        const it = fc.items[fc.items.length - 1];
        if (this.type === "flow-error-end") {
          let top;
          do {
            yield* this.pop();
            top = this.peek(1);
          } while (top?.type === "flow-collection");
        } else if (fc.end.length === 0) {
          switch (this.type) {
            case "comma":
            case "explicit-key-ind":
              if (!it || it.sep)
                fc.items.push({ start: [this.sourceToken] });
              else
                it.start.push(this.sourceToken);
              return;
            case "map-value-ind":
              if (!it || it.value)
                fc.items.push({ start: [], key: null, sep: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                Object.assign(it, { key: null, sep: [this.sourceToken] });
              return;
            case "space":
            case "comment":
            case "newline":
            case "anchor":
            case "tag":
              if (!it || it.value)
                fc.items.push({ start: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                it.start.push(this.sourceToken);
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs = this.flowScalar(this.type);
              if (!it || it.value)
                fc.items.push({ start: [], key: fs, sep: [] });
              else if (it.sep)
                this.stack.push(fs);
              else
                Object.assign(it, { key: fs, sep: [] });
              return;
            }
            case "flow-map-end":
            case "flow-seq-end":
              fc.end.push(this.sourceToken);
              return;
          }
          const bv = this.startBlockValue(fc);
          if (bv)
            this.stack.push(bv);
          else {
            yield* this.pop();
            yield* this.step();
          }
        } else {
          const parent = this.peek(2);
          if (parent.type === "block-map" && (this.type === "map-value-ind" && parent.indent === fc.indent || this.type === "newline" && !parent.items[parent.items.length - 1].sep)) {
            yield* this.pop();
            yield* this.step();
          } else if (this.type === "map-value-ind" && parent.type !== "flow-collection") {
            const prev = getPrevProps(parent);
            const start = getFirstKeyStartProps(prev);
            fixFlowSeqItems(fc);
            const sep3 = fc.end.splice(1, fc.end.length);
            sep3.push(this.sourceToken);
            const map = {
              type: "block-map",
              offset: fc.offset,
              indent: fc.indent,
              items: [{ start, key: fc, sep: sep3 }]
            };
            this.onKeyLine = true;
            this.stack[this.stack.length - 1] = map;
          } else {
            yield* this.lineEnd(fc);
          }
        }
      }
      flowScalar(type) {
        if (this.onNewLine) {
          let nl = this.source.indexOf("\n") + 1;
          while (nl !== 0) {
            this.onNewLine(this.offset + nl);
            nl = this.source.indexOf("\n", nl) + 1;
          }
        }
        return {
          type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
      }
      startBlockValue(parent) {
        switch (this.type) {
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return this.flowScalar(this.type);
          case "block-scalar-header":
            return {
              type: "block-scalar",
              offset: this.offset,
              indent: this.indent,
              props: [this.sourceToken],
              source: ""
            };
          case "flow-map-start":
          case "flow-seq-start":
            return {
              type: "flow-collection",
              offset: this.offset,
              indent: this.indent,
              start: this.sourceToken,
              items: [],
              end: []
            };
          case "seq-item-ind":
            return {
              type: "block-seq",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: [this.sourceToken] }]
            };
          case "explicit-key-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent);
            const start = getFirstKeyStartProps(prev);
            start.push(this.sourceToken);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start, explicitKey: true }]
            };
          }
          case "map-value-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent);
            const start = getFirstKeyStartProps(prev);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start, key: null, sep: [this.sourceToken] }]
            };
          }
        }
        return null;
      }
      atIndentedComment(start, indent) {
        if (this.type !== "comment")
          return false;
        if (this.indent <= indent)
          return false;
        return start.every((st) => st.type === "newline" || st.type === "space");
      }
      *documentEnd(docEnd) {
        if (this.type !== "doc-mode") {
          if (docEnd.end)
            docEnd.end.push(this.sourceToken);
          else
            docEnd.end = [this.sourceToken];
          if (this.type === "newline")
            yield* this.pop();
        }
      }
      *lineEnd(token) {
        switch (this.type) {
          case "comma":
          case "doc-start":
          case "doc-end":
          case "flow-seq-end":
          case "flow-map-end":
          case "map-value-ind":
            yield* this.pop();
            yield* this.step();
            break;
          case "newline":
            this.onKeyLine = false;
          // fallthrough
          case "space":
          case "comment":
          default:
            if (token.end)
              token.end.push(this.sourceToken);
            else
              token.end = [this.sourceToken];
            if (this.type === "newline")
              yield* this.pop();
        }
      }
    };
    exports.Parser = Parser;
  }
});

// node_modules/yaml/dist/public-api.js
var require_public_api = __commonJS({
  "node_modules/yaml/dist/public-api.js"(exports) {
    "use strict";
    var composer = require_composer();
    var Document = require_Document();
    var errors = require_errors();
    var log = require_log();
    var identity = require_identity();
    var lineCounter = require_line_counter();
    var parser = require_parser();
    function parseOptions(options) {
      const prettyErrors = options.prettyErrors !== false;
      const lineCounter$1 = options.lineCounter || prettyErrors && new lineCounter.LineCounter() || null;
      return { lineCounter: lineCounter$1, prettyErrors };
    }
    function parseAllDocuments(source, options = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options);
      const parser$1 = new parser.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options);
      const docs = Array.from(composer$1.compose(parser$1.parse(source)));
      if (prettyErrors && lineCounter2)
        for (const doc of docs) {
          doc.errors.forEach(errors.prettifyError(source, lineCounter2));
          doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
        }
      if (docs.length > 0)
        return docs;
      return Object.assign([], { empty: true }, composer$1.streamInfo());
    }
    function parseDocument2(source, options = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options);
      const parser$1 = new parser.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options);
      let doc = null;
      for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) {
        if (!doc)
          doc = _doc;
        else if (doc.options.logLevel !== "silent") {
          doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
          break;
        }
      }
      if (prettyErrors && lineCounter2) {
        doc.errors.forEach(errors.prettifyError(source, lineCounter2));
        doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
      }
      return doc;
    }
    function parse2(src, reviver, options) {
      let _reviver = void 0;
      if (typeof reviver === "function") {
        _reviver = reviver;
      } else if (options === void 0 && reviver && typeof reviver === "object") {
        options = reviver;
      }
      const doc = parseDocument2(src, options);
      if (!doc)
        return null;
      doc.warnings.forEach((warning) => log.warn(doc.options.logLevel, warning));
      if (doc.errors.length > 0) {
        if (doc.options.logLevel !== "silent")
          throw doc.errors[0];
        else
          doc.errors = [];
      }
      return doc.toJS(Object.assign({ reviver: _reviver }, options));
    }
    function stringify(value, replacer, options) {
      let _replacer = null;
      if (typeof replacer === "function" || Array.isArray(replacer)) {
        _replacer = replacer;
      } else if (options === void 0 && replacer) {
        options = replacer;
      }
      if (typeof options === "string")
        options = options.length;
      if (typeof options === "number") {
        const indent = Math.round(options);
        options = indent < 1 ? void 0 : indent > 8 ? { indent: 8 } : { indent };
      }
      if (value === void 0) {
        const { keepUndefined } = options ?? replacer ?? {};
        if (!keepUndefined)
          return void 0;
      }
      if (identity.isDocument(value) && !_replacer)
        return value.toString(options);
      return new Document.Document(value, _replacer, options).toString(options);
    }
    exports.parse = parse2;
    exports.parseAllDocuments = parseAllDocuments;
    exports.parseDocument = parseDocument2;
    exports.stringify = stringify;
  }
});

// node_modules/yaml/dist/index.js
var require_dist = __commonJS({
  "node_modules/yaml/dist/index.js"(exports) {
    "use strict";
    var composer = require_composer();
    var Document = require_Document();
    var Schema = require_Schema();
    var errors = require_errors();
    var Alias = require_Alias();
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var cst = require_cst();
    var lexer = require_lexer();
    var lineCounter = require_line_counter();
    var parser = require_parser();
    var publicApi = require_public_api();
    var visit2 = require_visit();
    exports.Composer = composer.Composer;
    exports.Document = Document.Document;
    exports.Schema = Schema.Schema;
    exports.YAMLError = errors.YAMLError;
    exports.YAMLParseError = errors.YAMLParseError;
    exports.YAMLWarning = errors.YAMLWarning;
    exports.Alias = Alias.Alias;
    exports.isAlias = identity.isAlias;
    exports.isCollection = identity.isCollection;
    exports.isDocument = identity.isDocument;
    exports.isMap = identity.isMap;
    exports.isNode = identity.isNode;
    exports.isPair = identity.isPair;
    exports.isScalar = identity.isScalar;
    exports.isSeq = identity.isSeq;
    exports.Pair = Pair.Pair;
    exports.Scalar = Scalar.Scalar;
    exports.YAMLMap = YAMLMap.YAMLMap;
    exports.YAMLSeq = YAMLSeq.YAMLSeq;
    exports.CST = cst;
    exports.Lexer = lexer.Lexer;
    exports.LineCounter = lineCounter.LineCounter;
    exports.Parser = parser.Parser;
    exports.parse = publicApi.parse;
    exports.parseAllDocuments = publicApi.parseAllDocuments;
    exports.parseDocument = publicApi.parseDocument;
    exports.stringify = publicApi.stringify;
    exports.visit = visit2.visit;
    exports.visitAsync = visit2.visitAsync;
  }
});

// shared/policy/nearest.ts
var SLIP_SHARE = 0.4;
function likelyMeant(wanted, names) {
  const limit = Math.max(1, Math.floor(wanted.length * SLIP_SHARE));
  let best;
  let bestDistance = limit + 1;
  for (const name of names) {
    const distance = isOneSlip(wanted, name) ? Math.min(1, editDistance(wanted, name)) : editDistance(wanted, name, bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}
function suggestion(wanted, names) {
  const name = likelyMeant(wanted, names);
  return name === void 0 ? "" : ` (did you mean "${name}"?)`;
}
function isOneSlip(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return Math.max(a.length, b.length) - head - tail <= 2;
}
function editDistance(a, b, limit = Number.POSITIVE_INFINITY) {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  let current = new Array(b.length + 1).fill(0);
  for (let row = 1; row <= a.length; row++) {
    if (fillRow(current, previous, { unit: a.charCodeAt(row - 1), row, b }) >= limit) return limit;
    const spare = previous;
    previous = current;
    current = spare;
  }
  return Math.min(previous[b.length] ?? 0, limit);
}
function fillRow(current, previous, { unit, row, b }) {
  current[0] = row;
  let smallest = row;
  let left = row;
  for (let column = 1; column <= b.length; column++) {
    const diagonal = previous[column - 1] ?? 0;
    const replaced2 = b.charCodeAt(column - 1) === unit ? diagonal : diagonal + 1;
    const cell2 = Math.min(replaced2, (previous[column] ?? 0) + 1, left + 1);
    current[column] = cell2;
    left = cell2;
    if (cell2 < smallest) smallest = cell2;
  }
  return smallest;
}

// shared/version.ts
var VERSION = "0.1.0";

// cli/command.ts
var EXIT = {
  success: 0,
  /** `check`, `compile`: the policy has findings. */
  findings: 1,
  /** `freeze`, `revoke` and what lists: done, but not all of it. */
  partly: 1,
  /** The command could not do its work: bad arguments, an unreadable file. */
  couldNotRun: 2,
  /** `plan`: the change named by `--fail-on` is there. */
  changed: 3,
  /** `explain`, `exchange`: refused. */
  refused: 4,
  /** `ledger verify`: the chain does not hold. */
  broken: 5,
  /** `publish`: nothing is changed before a second person confirms. */
  proposed: 6
};

// cli/commands/check.ts
import { relative as relative2, resolve as resolve2, sep as sep2 } from "node:path";

// shared/platforms/platform.ts
function hasControlCharacter(text4) {
  for (let index = 0; index < text4.length; index++) {
    const unit = text4.charCodeAt(index);
    if (unit < 32 || unit >= 127 && unit <= 159 || unit === 8232 || unit === 8233) return true;
  }
  return false;
}
function textClaim(value) {
  return typeof value === "string" ? value : void 0;
}
function foldAscii(value) {
  return value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

// shared/policy/pattern.ts
var MAX_PATTERN_LENGTH = 512;
var SLASH = 47;
var WORD_BITS = 32;
function patternElements(text4, foldCase) {
  const elements = [];
  for (let index = 0; index < text4.length; index++) {
    if (text4[index] !== "*") {
      elements.push(unitAt(text4, index, foldCase));
    } else if (text4[index + 1] === "*") {
      elements.push("any");
      index++;
    } else {
      elements.push("segment");
    }
  }
  return elements;
}
function compilePattern(text4, { foldCase, literal: literal3 = false }) {
  const isVoid = text4 === "" || hasControlCharacter(text4);
  if (literal3 || !text4.includes("*")) return isVoid ? { text: text4, foldCase, isVoid } : { text: text4, foldCase };
  return { text: text4, foldCase, automaton: compileAutomaton(patternElements(text4, foldCase)) };
}
function matches(pattern2, value) {
  const { automaton } = pattern2;
  if (automaton !== void 0) return automaton.words === 1 ? runNarrow(pattern2, automaton, value) : runWide(pattern2, automaton, value);
  return sameText(pattern2.text, value, pattern2.foldCase) && pattern2.isVoid !== true;
}
function sameText(a, b, foldCase) {
  if (!foldCase || a.length !== b.length || a === b) return a === b;
  for (let index = 0; index < a.length; index++) {
    if (unitAt(a, index, true) !== unitAt(b, index, true)) return false;
  }
  return true;
}
function unitAt(text4, index, foldCase) {
  const unit = text4.charCodeAt(index);
  return foldCase && unit >= 65 && unit <= 90 ? unit + 32 : unit;
}
function isControlUnit(unit) {
  return unit < 32 || unit >= 127 && unit <= 159 || unit === 8232 || unit === 8233;
}
function compileAutomaton(elements) {
  const words = Math.ceil(elements.length / WORD_BITS);
  const empty = () => new Int32Array(words);
  const [segments, anys] = [empty(), empty()];
  elements.forEach((element, position) => {
    if (element === "segment") setBit(segments, position);
    if (element === "any") setBit(anys, position);
  });
  const other = segments.map((word3, index) => word3 | (anys[index] ?? 0));
  const byUnit = /* @__PURE__ */ new Map();
  elements.forEach((element, position) => {
    if (typeof element !== "number") return;
    const entered = byUnit.get(element) ?? Int32Array.from(element === SLASH ? anys : other);
    setBit(entered, position);
    byUnit.set(element, entered);
  });
  const last = elements.length - 1;
  return { words, other, slash: anys, byUnit, loops: other, lastWord: last >>> 5, lastBit: 1 << (last & 31) };
}
function setBit(mask, position) {
  const word3 = position >>> 5;
  mask[word3] = (mask[word3] ?? 0) | 1 << (position & 31);
}
function enteredBy(automaton, unit) {
  if (isControlUnit(unit)) return void 0;
  return automaton.byUnit.get(unit) ?? (unit === SLASH ? automaton.slash : automaton.other);
}
function runNarrow({ foldCase }, automaton, value) {
  const loops = automaton.loops[0] ?? 0;
  let state = 0;
  let start = 1;
  for (let index = 0; index < value.length; index++) {
    const entered = enteredBy(automaton, unitAt(value, index, foldCase));
    if (entered === void 0) return false;
    state = (state << 1 | start | state & loops) & (entered[0] ?? 0);
    if (state === 0) return false;
    start = 0;
  }
  return (state & automaton.lastBit) !== 0;
}
function runWide({ foldCase }, automaton, value) {
  const { words, loops } = automaton;
  const state = new Int32Array(words);
  let start = 1;
  for (let index = 0; index < value.length; index++) {
    const entered = enteredBy(automaton, unitAt(value, index, foldCase));
    if (entered === void 0) return false;
    let carry = start;
    let alive = 0;
    for (let word3 = 0; word3 < words; word3++) {
      const old = state[word3] ?? 0;
      const next = (old << 1 | carry | old & (loops[word3] ?? 0)) & (entered[word3] ?? 0);
      carry = old >>> 31;
      state[word3] = next;
      alive |= next;
    }
    if (alive === 0) return false;
    start = 0;
  }
  return ((state[automaton.lastWord] ?? 0) & automaton.lastBit) !== 0;
}

// shared/policy/condition.ts
function conditionHolds({ attribute: attribute2, patterns }, attributes2) {
  const value = attributes2.get(attribute2);
  if (value === void 0 || value === "") return false;
  for (const pattern2 of patterns) if (matches(pattern2, value)) return true;
  return false;
}
function failureOf(condition, attributes2, hint) {
  const value = attributes2.get(condition.attribute) ?? "";
  const told = hint ?? hintOf(condition, value);
  return {
    attribute: condition.attribute,
    seen: value === "" ? null : value,
    expected: condition.patterns.map(({ text: text4 }) => text4),
    ...told === void 0 ? {} : { hint: told }
  };
}
function hintOf(condition, value) {
  if (value === "") return `the token has no ${condition.attribute}`;
  if (condition.byDefault === true) {
    const accepted = condition.patterns.map(({ text: text4 }) => text4).join(", ");
    return `the rule does not state ${condition.attribute}, so it accepts only ${accepted}`;
  }
  return differsInCaseOnly(condition, value) ? "only the letter case differs" : void 0;
}
function differsInCaseOnly({ patterns }, value) {
  return patterns.some(({ text: text4, automaton }) => matches(compilePattern(text4, { foldCase: true, literal: automaton === void 0 }), value));
}

// shared/policy/identity.ts
var ID = "repository_id";
var NAME = "repository";
var OWNER = "repository_owner";
var OWNER_ID = "repository_owner_id";
var HINTS = {
  reregistered: "this name belongs to a re-registered repository: the policy pins the id of another one",
  transferred: "the repository was transferred: the policy knows its id under another owner"
};
function identify(workload3, caller) {
  if (caller.issuer.url !== workload3.issuer.url) {
    return { matches: false, failures: [{ attribute: "issuer", seen: caller.issuer.url, expected: [workload3.issuer.url] }] };
  }
  const failed2 = failedConditions(workload3, caller);
  const id4 = conditionOn(workload3, ID);
  if (id4 !== void 0 && !failed2.includes(id4)) return identifyPinned(workload3, caller, failed2);
  if (failed2.length === 0) return UNCHANGED;
  const name = conditionOn(workload3, NAME);
  const isReregistered = id4 !== void 0 && name !== void 0 && !failed2.includes(name);
  const hintFor = (condition) => isReregistered && condition === id4 ? HINTS.reregistered : void 0;
  return { matches: false, failures: failed2.map((condition) => failureOf(condition, caller.attributes, hintFor(condition))) };
}
var UNCHANGED = { matches: true, notes: [] };
var NONE = [];
function failedConditions({ is }, { attributes: attributes2 }) {
  return is.every((condition) => conditionHolds(condition, attributes2)) ? NONE : is.filter((condition) => !conditionHolds(condition, attributes2));
}
function identifyPinned(workload3, caller, failed2) {
  const isSameOwner = hasOwner(workload3, caller);
  if (isSameOwner && failed2.length === 0) return UNCHANGED;
  const fatal = isSameOwner ? failed2.filter(({ attribute: attribute2 }) => attribute2 !== NAME && attribute2 !== OWNER) : failed2;
  if (isSameOwner && fatal.length === 0) return { matches: true, notes: failed2.flatMap((condition) => renameNote(condition, caller)) };
  const hintFor = ({ attribute: attribute2 }) => !isSameOwner && [NAME, OWNER, OWNER_ID].includes(attribute2) ? HINTS.transferred : void 0;
  const failures = fatal.map((condition) => failureOf(condition, caller.attributes, hintFor(condition)));
  const isOwnerTold = isSameOwner || failures.some(({ attribute: attribute2 }) => attribute2 === OWNER_ID);
  const owner3 = { attribute: OWNER_ID, seen: caller.owner.id, expected: [], hint: HINTS.transferred };
  return { matches: false, failures: isOwnerTold ? failures : [...failures, owner3] };
}
function hasOwner(workload3, { owner: owner3, attributes: attributes2 }) {
  const id4 = conditionOn(workload3, OWNER_ID);
  if (id4 !== void 0) return conditionHolds(id4, attributes2);
  let isOwnerStated = false;
  for (const condition of workload3.is) {
    if (condition.attribute !== NAME && condition.attribute !== OWNER) continue;
    isOwnerStated = true;
    if (condition.patterns.some(({ text: text4 }) => isOwnerNamed(ownerPart(text4), owner3, workload3))) return true;
  }
  return !isOwnerStated;
}
function ownerPart(name) {
  const slash = name.indexOf("/");
  return slash < 0 ? name : name.slice(0, slash);
}
function isOwnerNamed(name, owner3, { issuer: issuer3 }) {
  let isFenced = false;
  for (const entry of issuer3.owners) {
    if (!sameText(entry.name, name, true)) continue;
    if (entry.id === owner3.id) return true;
    isFenced = true;
  }
  return !isFenced && sameText(name, owner3.name, true);
}
function renameNote({ attribute: attribute2, patterns }, { attributes: attributes2 }) {
  const policyName = patterns[0]?.text;
  const tokenName = attributes2.get(NAME);
  if (attribute2 !== NAME || policyName === void 0 || tokenName === void 0) return [];
  return [{ about: "repository_renamed", policyName, tokenName }];
}
function conditionOn({ is }, attribute2) {
  return is.find((condition) => condition.attribute === attribute2);
}

// shared/policy/decide.ts
function checkFence(issuer3, owner3) {
  let verdict2 = "outside";
  for (const entry of issuer3.owners) {
    if (entry.id !== owner3.id) continue;
    if (sameText(entry.name, owner3.name, true)) return "inside";
    verdict2 = "renamed";
  }
  return verdict2;
}
function decide(policy, caller, grantName) {
  const issuer3 = policy.issuers.get(caller.issuer.url);
  if (issuer3 === void 0 || checkFence(issuer3, caller.owner) === "outside") return refused(grantName, "unknown_grant", []);
  const grant3 = policy.grant(grantName);
  if (grant3 === void 0) return unknownGrant(policy, caller, grantName);
  return judge(policy, caller, grant3);
}
function judge(policy, caller, grant3) {
  const match = firstMatch(grant3, caller);
  const forbidding = policy.guardrails.filter((guardrail2) => forbids(guardrail2, grant3, caller));
  if (match !== void 0 && forbidding.length === 0) {
    return { outcome: "allow", grant: grant3, rule: match.rule, notes: [...ownerNotes(policy, caller), ...match.notes] };
  }
  const suspended = match === void 0 ? grant3.rules.filter((rule2) => isStopped(rule2, caller)) : [];
  if (suspended.length > 0)
    return refused(
      grant3.name,
      "suspended",
      uniqueBy(suspended.map(suspendedReason), ({ rule: rule2 }) => rule2)
    );
  if (forbidding.length > 0) {
    return refused(
      grant3.name,
      "guardrail",
      forbidding.flatMap((guardrail2) => guardrailReasons(guardrail2, caller))
    );
  }
  return refused(
    grant3.name,
    "no_rule",
    grant3.rules.flatMap((rule2) => ruleReasons(rule2, caller))
  );
}
function refused(grant3, cause, reasons) {
  return { outcome: "refuse", grant: grant3, cause, reasons };
}
function firstMatch({ rules: rules2 }, caller) {
  for (const rule2 of rules2) {
    if (rule2.workload.suspended || !rule2.conditions.every((condition) => conditionHolds(condition, caller.attributes))) continue;
    const identified = identify(rule2.workload, caller);
    if (identified.matches) return { rule: rule2, notes: identified.notes };
  }
  return void 0;
}
function isStopped({ workload: workload3 }, caller) {
  return workload3.suspended && identify(workload3, caller).matches;
}
function forbids(guardrail2, grant3, { attributes: attributes2 }) {
  return guardrail2.appliesTo(grant3) && guardrail2.forbid.every((condition) => conditionHolds(condition, attributes2));
}
function suspendedReason({ workload: workload3 }) {
  return { rule: workload3.name, attribute: "suspended", seen: null, hint: "this workload is suspended" };
}
function guardrailReasons({ name, why, forbid }, { attributes: attributes2 }) {
  return forbid.map(({ attribute: attribute2 }) => ({ rule: name, attribute: attribute2, seen: attributes2.get(attribute2) ?? null, hint: why }));
}
function judgeRule(rule2, caller) {
  const failed2 = rule2.conditions.filter((condition) => !conditionHolds(condition, caller.attributes));
  return { identified: identify(rule2.workload, caller), failures: failed2.map((condition) => failureOf(condition, caller.attributes)) };
}
function ruleReasons(rule2, caller) {
  const { identified, failures } = judgeRule(rule2, caller);
  if (identified.matches) return failures.map((failure3) => ({ rule: rule2.name, ...failure3 }));
  return identified.failures.map(({ expected: _expected, ...failure3 }) => ({ rule: rule2.name, ...failure3 }));
}
function ownerNotes(policy, { issuer: issuer3, owner: owner3 }) {
  const fence = policy.issuers.get(issuer3.url);
  if (fence === void 0 || checkFence(fence, owner3) !== "renamed") return [];
  const policyName = fence.owners.find((entry) => entry.id === owner3.id)?.name ?? owner3.id;
  return [{ about: "owner_renamed", policyName, tokenName: owner3.name }];
}
var MAX_RANKED_GRANTS = 1e3;
function unknownGrant(policy, caller, grantName) {
  const answer2 = refused(grantName, "unknown_grant", []);
  const all = policy.grantNames;
  const names = all.length > MAX_RANKED_GRANTS ? all.filter((name) => isOneSlip(grantName, name)) : all;
  const ranked = names.slice(0, MAX_RANKED_GRANTS).map((name) => ({ name, distance: editDistance(grantName, name) }));
  ranked.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  for (const { name } of ranked) {
    const grant3 = policy.grant(name);
    if (grant3 !== void 0 && judge(policy, caller, grant3).outcome === "allow") return { ...answer2, hint: name };
  }
  return answer2;
}
function uniqueBy(items, key) {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

// shared/policy/policy-records.ts
function grantsOf(policy) {
  return policy.grantNames.flatMap((name) => policy.grant(name) ?? []);
}
function connectionsOf(policy) {
  return policy.connectionNames.flatMap((name) => policy.connection(name) ?? []);
}

// shared/units.ts
var SECONDS_PER_UNIT = /* @__PURE__ */ new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3600],
  ["d", 86400]
]);
var DURATION_PATTERN = /^([1-9][0-9]{0,8})([smhd])$/;
function parseDuration(text4) {
  const match = DURATION_PATTERN.exec(text4);
  if (match === null) return void 0;
  const [, digits = "", unit = ""] = match;
  const secondsPerUnit = SECONDS_PER_UNIT.get(unit);
  return secondsPerUnit === void 0 ? void 0 : Number(digits) * secondsPerUnit;
}
function formatDuration(seconds2) {
  if (seconds2 % 86400 === 0 && seconds2 > 0) return `${seconds2 / 86400}d`;
  if (seconds2 % 3600 === 0 && seconds2 > 0) return `${seconds2 / 3600}h`;
  if (seconds2 % 60 === 0 && seconds2 > 0) return `${seconds2 / 60}m`;
  return `${seconds2}s`;
}

// shared/policy/lifetime.ts
function lifetimeOf({ ttl, connection: connection7 }, { maxTtl }) {
  return Math.min(ttl, maxTtl, connection7.kind.lifetime.max);
}
function clampedBy(grant3, settings2) {
  const lifetime = lifetimeOf(grant3, settings2);
  if (lifetime === grant3.ttl) return void 0;
  const { kind } = grant3.connection;
  return lifetime === settings2.maxTtl ? `max_ttl is ${formatDuration(lifetime)}` : `a ${kind.name} credential lives at most ${formatDuration(lifetime)}`;
}

// shared/policy/explain.ts
function explainDecision(policy, caller, grantName) {
  const fence = policy.issuers.get(caller.issuer.url);
  const base = { grant: grantName, policy: policy.digest, reasons: [], notes: [], considered: [], guardrails: [] };
  if (fence === void 0 || checkFence(fence, caller.owner) === "outside") {
    const reason2 = { rule: "fence", attribute: "repository_owner_id", seen: caller.owner.id === "" ? null : caller.owner.id };
    return { ...base, outcome: "refuse", code: "owner_outside_fence", reasons: [reason2] };
  }
  const decision = decide(policy, caller, grantName);
  const grant3 = policy.grant(grantName);
  return {
    ...base,
    ...outcomeOf(decision, policy.settings),
    considered: grant3?.rules.map((rule2) => considerRule(rule2, caller)) ?? [],
    guardrails: grant3 === void 0 ? [] : considerGuardrails(policy, grant3, caller)
  };
}
function outcomeOf(decision, settings2) {
  if (decision.outcome === "refuse") {
    const { cause, reasons, hint } = decision;
    return { outcome: "refuse", code: "grant_refused", cause, reasons, ...hint === void 0 ? {} : { hint } };
  }
  const { rule: rule2, grant: grant3, notes: notes3 } = decision;
  const { kind } = grant3.connection;
  const scope3 = kind.summary(grant3.scope);
  return {
    outcome: "allow",
    rule: rule2.name,
    workload: rule2.workload.name,
    kind: kind.name,
    ttl: lifetimeOf(grant3, settings2),
    scope: scope3,
    notes: notes3
  };
}
function considerRule(rule2, caller) {
  const { identified, failures } = judgeRule(rule2, caller);
  const base = { rule: rule2.name, workload: rule2.workload.name };
  if (!identified.matches) return { ...base, outcome: "other_workload", failures: identified.failures };
  if (rule2.workload.suspended) return { ...base, outcome: "suspended", failures };
  return { ...base, outcome: failures.length === 0 ? "matches" : "conditions_fail", failures };
}
function considerGuardrails(policy, grant3, caller) {
  return policy.guardrails.filter((guardrail2) => guardrail2.appliesTo(grant3)).map((guardrail2) => ({ guardrail: guardrail2.name, forbids: forbids(guardrail2, grant3, caller), why: guardrail2.why }));
}
function describeDecision(decision) {
  if (decision.outcome === "allow") return `rule ${decision.rule.name}`;
  if (decision.cause === "unknown_grant") return `no grant is called ${JSON.stringify(decision.grant)}`;
  return decision.reasons.map(describeReason).join("; ");
}
function describeReason({ rule: rule2, attribute: attribute2, seen, hint }) {
  const advice = hint === void 0 ? "" : ` (${hint})`;
  return `${rule2}: ${attribute2} is ${seen === null ? "absent" : JSON.stringify(seen)}${advice}`;
}

// node_modules/zod/v4/core/util.js
var util_exports = {};
__export(util_exports, {
  BIGINT_FORMAT_RANGES: () => BIGINT_FORMAT_RANGES,
  CONSTANT_CATCH: () => CONSTANT_CATCH,
  Class: () => Class,
  NUMBER_FORMAT_RANGES: () => NUMBER_FORMAT_RANGES,
  aborted: () => aborted,
  allowsEval: () => allowsEval,
  assert: () => assert,
  assertEqual: () => assertEqual,
  assertIs: () => assertIs,
  assertNever: () => assertNever,
  assertNotEqual: () => assertNotEqual,
  assignProp: () => assignProp,
  attachSchema: () => attachSchema,
  base64ToUint8Array: () => base64ToUint8Array,
  base64urlToUint8Array: () => base64urlToUint8Array,
  cached: () => cached,
  captureStackTrace: () => captureStackTrace,
  cleanEnum: () => cleanEnum,
  cleanRegex: () => cleanRegex,
  clone: () => clone,
  cloneDef: () => cloneDef,
  codePointLength: () => codePointLength,
  constantCatch: () => constantCatch,
  createTransparentProxy: () => createTransparentProxy,
  defineLazy: () => defineLazy,
  defineLazyInternal: () => defineLazyInternal,
  derived: () => derived,
  esc: () => esc,
  escapeRegex: () => escapeRegex,
  explicitlyAborted: () => explicitlyAborted,
  extend: () => extend,
  finalizeIssue: () => finalizeIssue,
  floatSafeRemainder: () => floatSafeRemainder,
  getElementAtPath: () => getElementAtPath,
  getEnumValues: () => getEnumValues,
  getLengthableOrigin: () => getLengthableOrigin,
  getParsedType: () => getParsedType,
  getSizableOrigin: () => getSizableOrigin,
  hexToUint8Array: () => hexToUint8Array,
  hide: () => hide,
  installLazyProp: () => installLazyProp,
  isObject: () => isObject,
  isPlainObject: () => isPlainObject,
  issue: () => issue,
  joinValues: () => joinValues,
  jsonStringifyReplacer: () => jsonStringifyReplacer,
  members: () => members,
  merge: () => merge,
  mergeDefs: () => mergeDefs,
  normalizeParams: () => normalizeParams,
  nullish: () => nullish,
  numKeys: () => numKeys,
  objectClone: () => objectClone,
  omit: () => omit,
  optionalKeys: () => optionalKeys,
  own: () => own,
  parsedType: () => parsedType,
  partial: () => partial,
  pick: () => pick,
  prefixIssues: () => prefixIssues,
  primitiveTypes: () => primitiveTypes,
  promiseAllObject: () => promiseAllObject,
  propertyKeyTypes: () => propertyKeyTypes,
  randomString: () => randomString,
  rawShape: () => rawShape,
  required: () => required,
  safeExtend: () => safeExtend,
  shallowClone: () => shallowClone,
  sizeCaps: () => sizeCaps,
  slugify: () => slugify,
  stringifyPrimitive: () => stringifyPrimitive,
  toZod: () => toZod,
  uint8ArrayToBase64: () => uint8ArrayToBase64,
  uint8ArrayToBase64url: () => uint8ArrayToBase64url,
  uint8ArrayToHex: () => uint8ArrayToHex,
  unwrapMessage: () => unwrapMessage
});
function assertEqual(val) {
  return val;
}
function assertNotEqual(val) {
  return val;
}
function toZod() {
  return (schema) => schema;
}
function assertIs(_arg) {
}
function assertNever(_x) {
  throw new Error("Unexpected value in exhaustive check");
}
function assert(_) {
}
function getEnumValues(entries) {
  const numericValues = Object.values(entries).filter((v) => typeof v === "number");
  const values = Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
  return values;
}
function joinValues(array2, separator = "|") {
  return array2.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
  if (typeof value === "bigint")
    return value.toString();
  return value;
}
var Cached = class {
  constructor(getter) {
    this._getter = getter;
    this._value = void 0;
  }
  get value() {
    const getter = this._getter;
    if (getter !== void 0) {
      this._value = getter();
      this._getter = void 0;
    }
    return this._value;
  }
};
function cached(getter) {
  return new Cached(getter);
}
function nullish(input) {
  return input === null || input === void 0;
}
function cleanRegex(source) {
  const start = source.startsWith("^") ? 1 : 0;
  const end = source.endsWith("$") ? source.length - 1 : source.length;
  return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
  const ratio = val / step;
  const roundedRatio = Math.round(ratio);
  const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
  if (Math.abs(ratio - roundedRatio) < tolerance)
    return 0;
  return ratio - roundedRatio;
}
var EVALUATING = /* @__PURE__ */ Symbol("evaluating");
function defineLazy(object, key, getter) {
  let value = void 0;
  Object.defineProperty(object, key, {
    get() {
      if (value === EVALUATING) {
        return void 0;
      }
      if (value === void 0) {
        value = EVALUATING;
        value = getter();
      }
      return value;
    },
    set(v) {
      Object.defineProperty(object, key, {
        value: v
        // configurable: true,
      });
    },
    configurable: true
  });
}
function objectClone(obj) {
  return Object.create(Object.getPrototypeOf(obj), Object.getOwnPropertyDescriptors(obj));
}
function assignProp(target, prop, value) {
  Object.defineProperty(target, prop, {
    value,
    writable: true,
    enumerable: true,
    configurable: true
  });
}
function rawShape(def) {
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
  return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
  Object.defineProperty(target, key, {
    get() {
      const value = getter();
      assignProp(this, key, value);
      return value;
    },
    enumerable: true,
    configurable: true
  });
}
function putProp(target, key, value) {
  if (key in target)
    assignProp(target, key, value);
  else
    target[key] = value;
}
function mirrorShape(target, source, keys, wrap2) {
  const raw = sourceShape(source);
  for (const key of keys) {
    const desc = Object.getOwnPropertyDescriptor(raw, key);
    if (!desc.enumerable)
      continue;
    if (desc.get) {
      deferProp(target, key, () => {
        const value = source._zod.def.shape[key];
        return wrap2 ? wrap2(value, key) : value;
      });
    } else
      putProp(target, key, wrap2 ? wrap2(desc.value, key) : desc.value);
  }
}
function mirrorProps(target, source) {
  for (const key of Reflect.ownKeys(source)) {
    const desc = Object.getOwnPropertyDescriptor(source, key);
    if (!desc.enumerable)
      continue;
    if (desc.get)
      deferProp(target, key, () => source[key]);
    else
      putProp(target, key, desc.value);
  }
}
function mergeDefs(...defs) {
  const mergedDescriptors = {};
  for (const def of defs) {
    const descriptors = Object.getOwnPropertyDescriptors(def);
    Object.assign(mergedDescriptors, descriptors);
  }
  return Object.defineProperties({}, mergedDescriptors);
}
function cloneDef(schema) {
  return mergeDefs(schema._zod.def);
}
function getElementAtPath(obj, path) {
  if (!path)
    return obj;
  return path.reduce((acc, key) => acc?.[key], obj);
}
function promiseAllObject(promisesObj) {
  const keys = Object.keys(promisesObj);
  const promises = keys.map((key) => promisesObj[key]);
  return Promise.all(promises).then((results) => {
    const resolvedObj = {};
    for (let i = 0; i < keys.length; i++) {
      resolvedObj[keys[i]] = results[i];
    }
    return resolvedObj;
  });
}
function randomString(length = 10) {
  const chars = "abcdefghijklmnopqrstuvwxyz";
  let str = "";
  for (let i = 0; i < length; i++) {
    str += chars[Math.floor(Math.random() * chars.length)];
  }
  return str;
}
function esc(str) {
  return JSON.stringify(str);
}
function slugify(input) {
  return input.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
var captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {
};
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
var allowsEval = /* @__PURE__ */ cached(() => {
  if (globalConfig.jitless) {
    return false;
  }
  if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) {
    return false;
  }
  try {
    const F = Function;
    new F("");
    return true;
  } catch (_) {
    return false;
  }
});
function isPlainObject(o) {
  if (isObject(o) === false)
    return false;
  const ctor = o.constructor;
  if (ctor === void 0)
    return true;
  if (typeof ctor !== "function")
    return true;
  const prot = ctor.prototype;
  if (isObject(prot) === false)
    return false;
  if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
    return false;
  }
  return true;
}
function shallowClone(o) {
  if (isPlainObject(o))
    return { ...o };
  if (Array.isArray(o))
    return [...o];
  if (o instanceof Map)
    return new Map(o);
  if (o instanceof Set)
    return new Set(o);
  return o;
}
function numKeys(data) {
  let keyCount = 0;
  for (const key in data) {
    if (Object.prototype.hasOwnProperty.call(data, key)) {
      keyCount++;
    }
  }
  return keyCount;
}
var getParsedType = (data) => {
  const t = typeof data;
  switch (t) {
    case "undefined":
      return "undefined";
    case "string":
      return "string";
    case "number":
      return Number.isNaN(data) ? "nan" : "number";
    case "boolean":
      return "boolean";
    case "function":
      return "function";
    case "bigint":
      return "bigint";
    case "symbol":
      return "symbol";
    case "object":
      if (Array.isArray(data)) {
        return "array";
      }
      if (data === null) {
        return "null";
      }
      if (data.then && typeof data.then === "function" && data.catch && typeof data.catch === "function") {
        return "promise";
      }
      if (typeof Map !== "undefined" && data instanceof Map) {
        return "map";
      }
      if (typeof Set !== "undefined" && data instanceof Set) {
        return "set";
      }
      if (typeof Date !== "undefined" && data instanceof Date) {
        return "date";
      }
      if (typeof File !== "undefined" && data instanceof File) {
        return "file";
      }
      return "object";
    default:
      throw new Error(`Unknown data type: ${t}`);
  }
};
var propertyKeyTypes = /* @__PURE__ */ new Set(["string", "number", "symbol"]);
var primitiveTypes = /* @__PURE__ */ new Set([
  "string",
  "number",
  "bigint",
  "boolean",
  "symbol",
  "undefined"
]);
function escapeRegex(str) {
  return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
  const cl = new inst._zod.constr(def ?? inst._zod.def);
  if (!def || params?.parent)
    cl._zod.parent = inst;
  return cl;
}
function normalizeParams(_params) {
  const params = _params;
  if (!params)
    return {};
  if (typeof params === "string")
    return { error: () => params };
  if (params?.message !== void 0) {
    if (params?.error !== void 0)
      throw new Error("Cannot specify both `message` and `error` params");
    params.error = params.message;
  }
  delete params.message;
  if (typeof params.error === "string")
    return { ...params, error: () => params.error };
  return params;
}
function createTransparentProxy(getter) {
  let target;
  return new Proxy({}, {
    get(_, prop, receiver) {
      target ?? (target = getter());
      return Reflect.get(target, prop, receiver);
    },
    set(_, prop, value, receiver) {
      target ?? (target = getter());
      return Reflect.set(target, prop, value, receiver);
    },
    has(_, prop) {
      target ?? (target = getter());
      return Reflect.has(target, prop);
    },
    deleteProperty(_, prop) {
      target ?? (target = getter());
      return Reflect.deleteProperty(target, prop);
    },
    ownKeys(_) {
      target ?? (target = getter());
      return Reflect.ownKeys(target);
    },
    getOwnPropertyDescriptor(_, prop) {
      target ?? (target = getter());
      return Reflect.getOwnPropertyDescriptor(target, prop);
    },
    defineProperty(_, prop, descriptor) {
      target ?? (target = getter());
      return Reflect.defineProperty(target, prop, descriptor);
    }
  });
}
function stringifyPrimitive(value) {
  if (typeof value === "bigint")
    return value.toString() + "n";
  if (typeof value === "string")
    return `"${value}"`;
  return `${value}`;
}
function optionalKeys(shape) {
  return Object.keys(shape).filter((k) => {
    return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
  });
}
var NUMBER_FORMAT_RANGES = /* @__PURE__ */ (() => ({
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-34028234663852886e22, 34028234663852886e22],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
var BIGINT_FORMAT_RANGES = {
  int64: [/* @__PURE__ */ BigInt("-9223372036854775808"), /* @__PURE__ */ BigInt("9223372036854775807")],
  uint64: [/* @__PURE__ */ BigInt(0), /* @__PURE__ */ BigInt("18446744073709551615")]
};
function pick(schema, mask) {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(".pick() cannot be used on object schemas containing refinements");
  }
  const newShape = {};
  mirrorShape(newShape, schema, maskedKeys(schema, mask));
  return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function maskedKeys(schema, mask) {
  const raw = sourceShape(schema);
  const keys = [];
  for (const key of Reflect.ownKeys(mask)) {
    if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) {
      throw new Error(`Unrecognized key: "${String(key)}"`);
    }
    if (mask[key])
      keys.push(key);
  }
  return keys;
}
function omit(schema, mask) {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(".omit() cannot be used on object schemas containing refinements");
  }
  const omitted = new Set(maskedKeys(schema, mask));
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
  return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function extend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to extend: expected a plain object");
  }
  const checks = schema._zod.def.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    const existingShape = sourceShape(schema);
    for (const key of Reflect.ownKeys(shape)) {
      if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) {
        throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
      }
    }
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
  mirrorProps(newShape, shape);
  return newShape;
}
function safeExtend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to safeExtend: expected a plain object");
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
  if (!b?._zod?.def) {
    throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
  }
  if (a._zod.def.checks?.length) {
    throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
  }
  const newShape = {};
  mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
  mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
  const def = mergeDefs(a._zod.def, {
    shape: newShape,
    get catchall() {
      return b._zod.def.catchall;
    },
    checks: b._zod.def.checks ?? []
  });
  return clone(a, def);
}
function partial(Class2, schema, mask, name = "partial") {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
  }
  const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class2 && ((value, key) => selected && !selected.has(key) ? value : new Class2({ type: "optional", innerType: value })));
  return clone(schema, mergeDefs(schema._zod.def, { shape: newShape, checks: [] }));
}
function required(Class2, schema, mask) {
  const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => (
    // overwrite with non-optional
    selected && !selected.has(key) ? value : new Class2({ type: "nonoptional", innerType: value })
  ));
  return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue !== true) {
      return true;
    }
  }
  return false;
}
function explicitlyAborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue === false) {
      return true;
    }
  }
  return false;
}
function prefixIssues(path, issues) {
  return issues.map((iss) => {
    var _a3;
    (_a3 = iss).path ?? (_a3.path = []);
    iss.path.unshift(path);
    return iss;
  });
}
function unwrapMessage(message2) {
  return typeof message2 === "string" ? message2 : message2?.message;
}
function sizeCaps(defChecks) {
  const caps = [];
  for (const ch of defChecks ?? []) {
    const d = ch._zod.def;
    if (!/_(length|size)$|_equals$/.test(d.check))
      break;
    const max = d.maximum ?? d.length ?? d.size;
    if (max >= 0)
      caps.push([max, ch]);
  }
  return caps;
}
function attachSchema(issues, start, inst) {
  var _a3;
  for (let i = start; i < issues.length; i++) {
    (_a3 = issues[i]).schema ?? (_a3.schema = inst);
  }
}
function finalizeIssue(iss, ctx, config2) {
  var _a3;
  const traits = iss.inst?._zod?.traits;
  if (traits?.has("$ZodType")) {
    if (traits.has("$ZodCheck"))
      (_a3 = iss).schema ?? (_a3.schema = iss.inst);
    else
      iss.schema = iss.inst;
  }
  const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
  const message2 = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config2.customError?.(iss)) ?? unwrapMessage(config2.localeError?.(iss)) ?? "Invalid input";
  const full = {};
  for (const k of Object.keys(iss)) {
    if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__")
      continue;
    full[k] = iss[k];
  }
  full.path ?? (full.path = []);
  full.message = message2;
  if (ctx?.reportInput) {
    full.input = iss.input;
  }
  return full;
}
function getSizableOrigin(input) {
  if (input instanceof Set)
    return "set";
  if (input instanceof Map)
    return "map";
  if (input instanceof File)
    return "file";
  return "unknown";
}
var highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
  const units = str.length;
  if (!highSurrogate.test(str))
    return units;
  let count2 = units;
  for (let i = 0; i < units - 1; i++) {
    if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
      count2--;
      i++;
    }
  }
  return count2;
}
function getLengthableOrigin(input) {
  if (Array.isArray(input))
    return "array";
  if (typeof input === "string")
    return "string";
  return "unknown";
}
function parsedType(data) {
  const t = typeof data;
  switch (t) {
    case "number": {
      return Number.isNaN(data) ? "nan" : "number";
    }
    case "object": {
      if (data === null) {
        return "null";
      }
      if (Array.isArray(data)) {
        return "array";
      }
      const obj = data;
      if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) {
        return obj.constructor.name;
      }
    }
  }
  return t;
}
function issue(...args) {
  const [iss, input, inst] = args;
  if (typeof iss === "string") {
    return {
      message: iss,
      code: "custom",
      input,
      inst
    };
  }
  return { ...iss };
}
function cleanEnum(obj) {
  return Object.entries(obj).filter(([k, _]) => {
    return Number.isNaN(Number.parseInt(k, 10));
  }).map((el) => el[1]);
}
function base64ToUint8Array(base643) {
  const binaryString = atob(base643);
  const bytes = new Uint8Array(binaryString.length);
  for (let i = 0; i < binaryString.length; i++) {
    bytes[i] = binaryString.charCodeAt(i);
  }
  return bytes;
}
function uint8ArrayToBase64(bytes) {
  let binaryString = "";
  for (let i = 0; i < bytes.length; i++) {
    binaryString += String.fromCharCode(bytes[i]);
  }
  return btoa(binaryString);
}
function base64urlToUint8Array(base64url3) {
  const base643 = base64url3.replace(/-/g, "+").replace(/_/g, "/");
  const padding = "=".repeat((4 - base643.length % 4) % 4);
  return base64ToUint8Array(base643 + padding);
}
function uint8ArrayToBase64url(bytes) {
  return uint8ArrayToBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
function hexToUint8Array(hex2) {
  const cleanHex = hex2.replace(/^0x/, "");
  if (cleanHex.length % 2 !== 0) {
    throw new Error("Invalid hex string length");
  }
  const bytes = new Uint8Array(cleanHex.length / 2);
  for (let i = 0; i < cleanHex.length; i += 2) {
    bytes[i / 2] = Number.parseInt(cleanHex.slice(i, i + 2), 16);
  }
  return bytes;
}
function uint8ArrayToHex(bytes) {
  return Array.from(bytes).map((b) => b.toString(16).padStart(2, "0")).join("");
}
var Class = class {
  constructor(..._args) {
  }
};
function members(proto, table4) {
  for (const key in table4) {
    const desc = Object.getOwnPropertyDescriptor(table4, key);
    if (desc.get)
      Object.defineProperty(proto, key, { ...desc, enumerable: false });
    else
      defineBound(proto, key, desc.value);
  }
}
function own(inst, key, value, enumerable = true) {
  Object.defineProperty(inst, key, { configurable: true, writable: true, enumerable, value });
  return value;
}
function hide(inst, key, value) {
  return own(inst, key, value, false);
}
// @__NO_SIDE_EFFECTS__
function derived(computes, table4) {
  for (const key in computes) {
    const compute = computes[key];
    Object.defineProperty(table4, key, {
      configurable: true,
      enumerable: true,
      get() {
        return own(this, key, compute(this));
      },
      set(value) {
        own(this, key, value);
      }
    });
  }
  return table4;
}
function defineBound(proto, key, fn) {
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      return this == null ? fn : own(this, key, fn.bind(this));
    },
    set(value) {
      own(this, key, value);
    }
  });
}
function claim(inst, sentinel) {
  const proto = Object.getPrototypeOf(inst);
  return sentinel in proto ? void 0 : proto;
}
var installing;
var broke = false;
var breaker = {
  configurable: true,
  get() {
    broke = true;
    return void 0;
  }
};
function defineLazyInternal(inst, key, compute) {
  const proto = Object.getPrototypeOf(inst._zod);
  if (key in proto && installing !== inst._zod) {
    installing = void 0;
    return;
  }
  installing = inst._zod;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      Object.defineProperty(this, key, breaker);
      const outer = broke;
      broke = false;
      try {
        const value = compute(this);
        if (broke)
          delete this[key];
        else
          Object.defineProperty(this, key, { configurable: true, writable: true, value });
        broke = broke || outer;
        return value;
      } catch (err2) {
        delete this[key];
        broke = broke || outer;
        throw err2;
      }
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, value });
    }
  });
}
function installLazyProp(inst, key, make, enumerable) {
  const proto = claim(inst, key);
  if (!proto)
    return;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      const desc = { configurable: true, writable: true, enumerable, value: void 0 };
      Object.defineProperty(this, key, desc);
      desc.value = make(this);
      Object.defineProperty(this, key, desc);
      return desc.value;
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, enumerable, value });
    }
  });
}
var CONSTANT_CATCH = "~constantCatch";
function constantCatch(value) {
  const fn = () => value;
  fn[CONSTANT_CATCH] = true;
  return fn;
}

// node_modules/zod/v4/core/core.js
var _a;
var _zodDesc = { value: void 0, enumerable: false };
var _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
  const E = _E;
  if (E) {
    const saved = E.stackTraceLimit;
    if (typeof saved === "number") {
      try {
        E.stackTraceLimit = 0;
      } catch {
        _E = null;
        return new Definition();
      }
      try {
        return new Definition();
      } finally {
        E.stackTraceLimit = saved;
      }
    }
  }
  return new Definition();
}
// @__NO_SIDE_EFFECTS__
function $constructor(name, initializer3, proto, params) {
  const zodProto = {};
  function Internals(def) {
    this.def = def;
    this.constr = _;
    this.traits = /* @__PURE__ */ new Set();
  }
  Internals.prototype = zodProto;
  const protoMembers = proto;
  const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
  function init(inst, def) {
    if (!inst._zod) {
      _zodDesc.value = new Internals(def);
      try {
        Object.defineProperty(inst, "_zod", _zodDesc);
      } finally {
        _zodDesc.value = void 0;
      }
    } else if (inst._zod.traits.has(name)) {
      return;
    }
    inst._zod.traits.add(name);
    initializer3(inst, def);
    if (initialized) {
      const own2 = Object.getPrototypeOf(inst);
      const ctorProto = inst._zod.constr.prototype;
      let up = own2;
      while (up && up !== ctorProto)
        up = Object.getPrototypeOf(up);
      const target = up ?? own2;
      if (!initialized.has(target)) {
        initialized.add(target);
        members(target, protoMembers);
      }
    }
    const proto2 = _.prototype;
    for (const k in proto2) {
      if (!Object.prototype.hasOwnProperty.call(proto2, k))
        continue;
      if (!(k in inst)) {
        inst[k] = proto2[k].bind(inst);
      }
    }
  }
  const Parent = params?.Parent ?? Object;
  class Definition extends Parent {
  }
  Object.defineProperty(Definition, "name", { value: name });
  function _(def) {
    const inst = params?.Parent ? newError(Definition) : this;
    init(inst, def);
    const deferred = inst._zod.deferred;
    if (deferred) {
      for (const fn of deferred) {
        fn();
      }
      inst._zod.deferred = void 0;
    }
    const pp = globalThis.__zod_globalConfig?.postProcessor;
    if (pp)
      pp(inst);
    return inst;
  }
  Object.defineProperty(_, "init", { value: init });
  Object.defineProperty(_, Symbol.hasInstance, {
    value: (inst) => {
      if (params?.Parent && inst instanceof params.Parent)
        return true;
      return inst?._zod?.traits?.has(name);
    }
  });
  Object.defineProperty(_, "name", { value: name });
  return _;
}
var $ZodAsyncError = class extends Error {
  constructor() {
    super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
  }
};
var $ZodEncodeError = class extends Error {
  constructor(name) {
    super(`Encountered unidirectional transform during encode: ${name}`);
    this.name = "ZodEncodeError";
  }
};
(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
var globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
  if (newConfig)
    Object.assign(globalConfig, newConfig);
  return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
  const internals = this._zod;
  internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
  return internals.message;
}
function _setMessage(value) {
  this._zod.message = value;
}
var _messageDesc = {
  get: _getMessage,
  set: _setMessage,
  enumerable: true,
  configurable: true
};
var _issuesDesc = { value: void 0, enumerable: false };
var _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
var initializer = (inst, def) => {
  inst.name = "$ZodError";
  _issuesDesc.value = def;
  Object.defineProperty(inst, "issues", _issuesDesc);
  _issuesDesc.value = void 0;
  Object.defineProperty(inst, "message", _messageDesc);
  const proto = Object.getPrototypeOf(inst);
  if (!_installedToString.has(proto)) {
    _installedToString.add(proto);
    Object.defineProperty(proto, "toString", {
      configurable: true,
      enumerable: false,
      get() {
        const value = () => this.message;
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
      }
    });
  }
};
var $ZodError = $constructor("$ZodError", initializer);
var $ZodRealError = $constructor("$ZodError", initializer, void 0, {
  Parent: Error
});
function node(obj, key, make) {
  if (!Object.prototype.hasOwnProperty.call(obj, key)) {
    if (key === "__proto__") {
      Object.defineProperty(obj, key, { value: make(), writable: true, enumerable: true, configurable: true });
    } else {
      obj[key] = make();
    }
  }
  return obj[key];
}
function flattenError(error2, mapper = (issue2) => issue2.message) {
  const fieldErrors = {};
  const formErrors = [];
  for (const sub of error2.issues) {
    if (sub.path.length > 0) {
      node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
    } else {
      formErrors.push(mapper(sub));
    }
  }
  return { formErrors, fieldErrors };
}
function formatError(error2, mapper = (issue2) => issue2.message) {
  const fieldErrors = { _errors: [] };
  const processError = (error3, path = []) => {
    for (const issue2 of error3.issues) {
      if (issue2.code === "invalid_union" && issue2.errors.length) {
        issue2.errors.map((issues) => processError({ issues }, [...path, ...issue2.path]));
      } else if (issue2.code === "invalid_key") {
        processError({ issues: issue2.issues }, [...path, ...issue2.path]);
      } else if (issue2.code === "invalid_element") {
        processError({ issues: issue2.issues }, [...path, ...issue2.path]);
      } else {
        const fullpath = [...path, ...issue2.path];
        if (fullpath.length === 0) {
          fieldErrors._errors.push(mapper(issue2));
        } else {
          let curr = fieldErrors;
          let i = 0;
          while (i < fullpath.length) {
            const el = fullpath[i];
            const terminal2 = i === fullpath.length - 1;
            if (el === "_errors") {
              if (terminal2)
                curr._errors.push(mapper(issue2));
              i++;
              continue;
            }
            if (!Object.prototype.hasOwnProperty.call(curr, el)) {
              Object.defineProperty(curr, el, {
                value: { _errors: [] },
                enumerable: true,
                writable: true,
                configurable: true
              });
            }
            const node2 = curr[el];
            if (terminal2) {
              node2._errors.push(mapper(issue2));
            }
            curr = node2;
            i++;
          }
        }
      }
    }
  };
  processError(error2);
  return fieldErrors;
}

// node_modules/zod/v4/core/parse.js
function finalizeParams(callee, params) {
  return { callee: params?.callee ?? callee, Err: params?.Err };
}
var _parse = (_Err) => {
  const fn = (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
    const result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise) {
      throw new $ZodAsyncError();
    }
    if (result.issues.length) {
      const e = new (_params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, _params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var _parseAsync = (_Err) => {
  const fn = async (schema, value, _ctx, params) => {
    const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
    let result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise)
      result = await result;
    if (result.issues.length) {
      const e = new (params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var _safeParse = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
  const result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
function failure(Err, issues, ctx) {
  let error2;
  return {
    success: false,
    get error() {
      if (!error2) {
        error2 = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
        issues = void 0;
        ctx = void 0;
      }
      return error2;
    },
    set error(e) {
      error2 = e;
      issues = void 0;
      ctx = void 0;
    }
  };
}
var _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var COMPILE_INVALID = /* @__PURE__ */ Symbol.for("zod.compile.invalid");
var COMPILE_FALLBACK = /* @__PURE__ */ Symbol.for("zod.compile.fallback");
var validate = ((schema, value, _ctx) => {
  const validator = schema._zod.bag.validator;
  if (validator !== void 0) {
    if (validator(value) !== COMPILE_INVALID)
      return true;
    if (validator.definite === true && _ctx === void 0)
      return false;
  }
  return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
  const ctx = _ctx ? { ..._ctx, async: false, abortEarly: true } : { async: false, abortEarly: true };
  const fallbackRun = schema._zod.bag.fallbackRun;
  let result;
  if (fallbackRun) {
    ctx[COMPILE_FALLBACK] = true;
    result = fallbackRun({ value, issues: [] }, ctx);
  } else {
    result = schema._zod.run({ value, issues: [] }, ctx);
  }
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length === 0;
}
var validateAsync = async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true, abortEarly: true } : { async: true, abortEarly: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length === 0;
};
var _encode = (_Err) => {
  const parse2 = _parse(_Err);
  const fn = (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
    return parse2(schema, value, ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _decode = (_Err) => {
  const parse2 = _parse(_Err);
  const fn = (schema, value, _ctx, _params) => {
    return parse2(schema, value, _ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _encodeAsync = (_Err) => {
  const parseAsync2 = _parseAsync(_Err);
  const fn = async (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
    return await parseAsync2(schema, value, ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _decodeAsync = (_Err) => {
  const parseAsync2 = _parseAsync(_Err);
  const fn = async (schema, value, _ctx, _params) => {
    return await parseAsync2(schema, value, _ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _safeEncode = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
  return _safeParse(_Err)(schema, value, ctx);
};
var _safeDecode = (_Err) => (schema, value, _ctx) => {
  return _safeParse(_Err)(schema, value, _ctx);
};
var _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
  return _safeParseAsync(_Err)(schema, value, ctx);
};
var _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
  return _safeParseAsync(_Err)(schema, value, _ctx);
};

// node_modules/zod/v4/core/regexes.js
var regexes_exports = {};
__export(regexes_exports, {
  anyString: () => anyString,
  base64: () => base64,
  base64url: () => base64url,
  bigint: () => bigint,
  boolean: () => boolean,
  browserEmail: () => browserEmail,
  cidrv4: () => cidrv4,
  cidrv6: () => cidrv6,
  creditCard: () => creditCard,
  cuid: () => cuid,
  cuid2: () => cuid2,
  currencyCode: () => currencyCode,
  date: () => date,
  datetime: () => datetime,
  domain: () => domain,
  duration: () => duration,
  e164: () => e164,
  email: () => email,
  emoji: () => emoji,
  extendedDuration: () => extendedDuration,
  guid: () => guid,
  hex: () => hex,
  hostname: () => hostname,
  html5Email: () => html5Email,
  httpProtocol: () => httpProtocol,
  iban: () => iban,
  idnEmail: () => idnEmail,
  integer: () => integer,
  ipv4: () => ipv4,
  ipv6: () => ipv6,
  ksuid: () => ksuid,
  lowercase: () => lowercase,
  mac: () => mac,
  md5_base64: () => md5_base64,
  md5_base64url: () => md5_base64url,
  md5_hex: () => md5_hex,
  nanoid: () => nanoid,
  nanoidOfLength: () => nanoidOfLength,
  null: () => _null,
  number: () => number,
  rfc5322Email: () => rfc5322Email,
  sha1_base64: () => sha1_base64,
  sha1_base64url: () => sha1_base64url,
  sha1_hex: () => sha1_hex,
  sha256_base64: () => sha256_base64,
  sha256_base64url: () => sha256_base64url,
  sha256_hex: () => sha256_hex,
  sha384_base64: () => sha384_base64,
  sha384_base64url: () => sha384_base64url,
  sha384_hex: () => sha384_hex,
  sha512_base64: () => sha512_base64,
  sha512_base64url: () => sha512_base64url,
  sha512_hex: () => sha512_hex,
  string: () => string,
  time: () => time,
  ulid: () => ulid,
  undefined: () => _undefined,
  unicodeEmail: () => unicodeEmail,
  uppercase: () => uppercase,
  uuid: () => uuid,
  uuid4: () => uuid4,
  uuid6: () => uuid6,
  uuid7: () => uuid7,
  xid: () => xid
});
var cuid = /^[cC][0-9a-z]{6,}$/;
var cuid2 = /^[0-9a-z]+$/;
var ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
var xid = /^[0-9a-vA-V]{20}$/;
var ksuid = /^[A-Za-z0-9]{27}$/;
var nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
  return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
var duration = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
var extendedDuration = /^[-+]?P(?!$)(?:(?:[-+]?\d+Y)|(?:[-+]?\d+[.,]\d+Y$))?(?:(?:[-+]?\d+M)|(?:[-+]?\d+[.,]\d+M$))?(?:(?:[-+]?\d+W)|(?:[-+]?\d+[.,]\d+W$))?(?:(?:[-+]?\d+D)|(?:[-+]?\d+[.,]\d+D$))?(?:T(?=[\d+-])(?:(?:[-+]?\d+H)|(?:[-+]?\d+[.,]\d+H$))?(?:(?:[-+]?\d+M)|(?:[-+]?\d+[.,]\d+M$))?(?:[-+]?\d+(?:[.,]\d+)?S)?)??$/;
var guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
var uuid = (version2) => {
  if (!version2)
    return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
  return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version2}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
var uuid4 = /* @__PURE__ */ uuid(4);
var uuid6 = /* @__PURE__ */ uuid(6);
var uuid7 = /* @__PURE__ */ uuid(7);
var email = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
var html5Email = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
var rfc5322Email = /^(([^<>()\[\]\\.,;:\s@"]+(\.[^<>()\[\]\\.,;:\s@"]+)*)|(".+"))@((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}])|(([a-zA-Z\-0-9]+\.)+[a-zA-Z]{2,}))$/;
var unicodeEmail = /^[^\s@"]{1,64}@[^\s@]{1,255}$/u;
var idnEmail = unicodeEmail;
var browserEmail = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
var _emoji = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
  return new RegExp(_emoji, "u");
}
var ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
var ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
var mac = (delimiter) => {
  const escapedDelim = escapeRegex(delimiter ?? ":");
  return new RegExp(`^(?:[0-9A-F]{2}${escapedDelim}){5}[0-9A-F]{2}$|^(?:[0-9a-f]{2}${escapedDelim}){5}[0-9a-f]{2}$`);
};
var cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
var cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
var base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
var base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
var hostname = /^(?=.{1,253}\.?$)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-0-9a-zA-Z]{0,61}[0-9a-zA-Z])?)*\.?$/;
var domain = /^(?=.{1,253}$)([a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,63}$/;
var httpProtocol = /^https?$/;
var e164 = /^\+[1-9]\d{6,14}$/;
var creditCard = /^\d(?:[ -]?\d){11,18}$/;
var currencyCode = /^(?:AED|AFN|ALL|AMD|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BHD|BIF|BMD|BND|BOB|BOV|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHE|CHF|CHW|CLF|CLP|CNY|COP|COU|CRC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MXV|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|USN|UYI|UYU|UYW|UZS|VED|VES|VND|VUV|WST|XAD|XAF|XAG|XAU|XBA|XBB|XBC|XBD|XCD|XCG|XDR|XOF|XPD|XPF|XPT|XSU|XTS|XUA|XXX|YER|ZAR|ZMW|ZWG)$/;
var iban = /^[A-Z]{2}(?!00|01|99)\d{2}[A-Z0-9]{11,30}$/;
var dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
function anchor(source) {
  return new RegExp(`^${source}$`);
}
var date = /* @__PURE__ */ anchor(dateSource);
function timeSource(args) {
  const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
  const regex = typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
  return regex;
}
function time(args) {
  return new RegExp(`^${timeSource(args)}$`);
}
function datetime(args) {
  const opts = ["Z"];
  if (args.offset)
    opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
  const qualified = `${timeSource({ precision: args.precision, seconds: true })}(?:${opts.join("|")})`;
  const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
  return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
var anyString = /^[\s\S]{0,}$/;
var string = (params) => {
  const regex = params ? `[\\s\\S]{${params?.minimum ?? 0},${params?.maximum ?? ""}}` : `[\\s\\S]*`;
  return new RegExp(`^${regex}$`);
};
var bigint = /^-?\d+n?$/;
var integer = /^-?\d+$/;
var number = /^-?\d+(?:\.\d+)?$/;
var boolean = /^(?:true|false)$/i;
var _null = /^null$/i;
var _undefined = /^undefined$/i;
var lowercase = /^[^A-Z]*$/;
var uppercase = /^[^a-z]*$/;
var hex = /^[0-9a-fA-F]*$/;
function fixedBase64(bodyLength, padding) {
  return new RegExp(`^[A-Za-z0-9+/]{${bodyLength}}${padding}$`);
}
function fixedBase64url(length) {
  return new RegExp(`^[A-Za-z0-9_-]{${length}}$`);
}
var md5_hex = /^[0-9a-fA-F]{32}$/;
var md5_base64 = /* @__PURE__ */ fixedBase64(22, "==");
var md5_base64url = /* @__PURE__ */ fixedBase64url(22);
var sha1_hex = /^[0-9a-fA-F]{40}$/;
var sha1_base64 = /* @__PURE__ */ fixedBase64(27, "=");
var sha1_base64url = /* @__PURE__ */ fixedBase64url(27);
var sha256_hex = /^[0-9a-fA-F]{64}$/;
var sha256_base64 = /* @__PURE__ */ fixedBase64(43, "=");
var sha256_base64url = /* @__PURE__ */ fixedBase64url(43);
var sha384_hex = /^[0-9a-fA-F]{96}$/;
var sha384_base64 = /* @__PURE__ */ fixedBase64(64, "");
var sha384_base64url = /* @__PURE__ */ fixedBase64url(64);
var sha512_hex = /^[0-9a-fA-F]{128}$/;
var sha512_base64 = /* @__PURE__ */ fixedBase64(86, "==");
var sha512_base64url = /* @__PURE__ */ fixedBase64url(86);

// node_modules/zod/v4/core/checks.js
var $ZodCheck = /* @__PURE__ */ $constructor("$ZodCheck", (inst, def) => {
  var _a3;
  inst._zod ?? (inst._zod = {});
  inst._zod.def = def;
  (_a3 = inst._zod).onattach ?? (_a3.onattach = []);
});
var _whenHasLength = (payload) => {
  const val = payload.value;
  return !nullish(val) && val.length !== void 0;
};
var numericOriginMap = {
  number: "number",
  bigint: "bigint",
  object: "date"
};
var $ZodCheckLessThan = /* @__PURE__ */ $constructor("$ZodCheckLessThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin = numericOriginMap[typeof def.value];
  inst._zod.check = (payload) => {
    if (def.inclusive ? payload.value <= def.value : payload.value < def.value) {
      return;
    }
    payload.issues.push({
      origin: numericOriginMap[typeof payload.value] ?? origin,
      code: "too_big",
      maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckGreaterThan = /* @__PURE__ */ $constructor("$ZodCheckGreaterThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin = numericOriginMap[typeof def.value];
  inst._zod.check = (payload) => {
    if (def.inclusive ? payload.value >= def.value : payload.value > def.value) {
      return;
    }
    payload.issues.push({
      origin: numericOriginMap[typeof payload.value] ?? origin,
      code: "too_small",
      minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckMultipleOf = /* @__PURE__ */ $constructor("$ZodCheckMultipleOf", (inst, def) => {
  $ZodCheck.init(inst, def);
  inst._zod.check = (payload) => {
    if (typeof payload.value !== typeof def.value)
      throw new Error("Cannot mix number and bigint in multiple_of check.");
    const isMultiple = typeof payload.value === "bigint" ? (
      // `value % 0n` throws, and nothing is a multiple of zero — the number branch already fails this way via NaN
      def.value !== BigInt(0) && payload.value % def.value === BigInt(0)
    ) : floatSafeRemainder(payload.value, def.value) === 0;
    if (isMultiple)
      return;
    payload.issues.push({
      origin: typeof payload.value,
      code: "not_multiple_of",
      divisor: def.value,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckNumberFormat = /* @__PURE__ */ $constructor("$ZodCheckNumberFormat", (inst, def) => {
  $ZodCheck.init(inst, def);
  def.format = def.format || "float64";
  const isInt = def.format?.includes("int");
  const origin = isInt ? "int" : "number";
  const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
  inst._zod.check = (payload) => {
    const input = payload.value;
    if (isInt) {
      if (!Number.isInteger(input)) {
        payload.issues.push({
          expected: origin,
          format: def.format,
          code: "invalid_type",
          continue: false,
          input,
          inst
        });
        return;
      }
      if (!Number.isSafeInteger(input)) {
        if (input > 0) {
          payload.issues.push({
            input,
            code: "too_big",
            maximum: Number.MAX_SAFE_INTEGER,
            note: "Integers must be within the safe integer range.",
            inst,
            origin,
            inclusive: true,
            continue: !def.abort
          });
        } else {
          payload.issues.push({
            input,
            code: "too_small",
            minimum: Number.MIN_SAFE_INTEGER,
            note: "Integers must be within the safe integer range.",
            inst,
            origin,
            inclusive: true,
            continue: !def.abort
          });
        }
        return;
      }
    }
    if (input < minimum) {
      payload.issues.push({
        origin: "number",
        input,
        code: "too_small",
        minimum,
        inclusive: true,
        inst,
        continue: !def.abort
      });
    }
    if (input > maximum) {
      payload.issues.push({
        origin: "number",
        input,
        code: "too_big",
        maximum,
        inclusive: true,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodCheckMaxLength = /* @__PURE__ */ $constructor("$ZodCheckMaxLength", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units > def.maximum ? codePointLength(input) : units;
    if (length <= def.maximum)
      return;
    const origin = getLengthableOrigin(input);
    payload.issues.push({
      origin,
      code: "too_big",
      maximum: def.maximum,
      inclusive: true,
      input,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckMinLength = /* @__PURE__ */ $constructor("$ZodCheckMinLength", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units;
    if (length >= def.minimum)
      return;
    const origin = getLengthableOrigin(input);
    payload.issues.push({
      origin,
      code: "too_small",
      minimum: def.minimum,
      inclusive: true,
      input,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckLengthEquals = /* @__PURE__ */ $constructor("$ZodCheckLengthEquals", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units >= def.length && units <= def.length * 2 ? codePointLength(input) : units;
    if (length === def.length)
      return;
    const origin = getLengthableOrigin(input);
    const tooBig = length > def.length;
    payload.issues.push({
      origin,
      ...tooBig ? { code: "too_big", maximum: def.length } : { code: "too_small", minimum: def.length },
      inclusive: true,
      exact: true,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStringFormat = /* @__PURE__ */ $constructor("$ZodCheckStringFormat", (inst, def) => {
  var _a3, _b;
  $ZodCheck.init(inst, def);
  if (def.pattern)
    (_a3 = inst._zod).check ?? (_a3.check = (payload) => {
      def.pattern.lastIndex = 0;
      if (def.pattern.test(payload.value))
        return;
      payload.issues.push({
        origin: "string",
        code: "invalid_format",
        format: def.format,
        input: payload.value,
        ...def.pattern ? { pattern: def.pattern.toString() } : {},
        inst,
        continue: !def.abort
      });
    });
  else
    (_b = inst._zod).check ?? (_b.check = () => {
    });
});
var $ZodCheckRegex = /* @__PURE__ */ $constructor("$ZodCheckRegex", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    def.pattern.lastIndex = 0;
    if (def.pattern.test(payload.value))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "regex",
      input: payload.value,
      pattern: def.pattern.toString(),
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckLowerCase = /* @__PURE__ */ $constructor("$ZodCheckLowerCase", (inst, def) => {
  def.pattern ?? (def.pattern = lowercase);
  $ZodCheckStringFormat.init(inst, def);
});
var $ZodCheckUpperCase = /* @__PURE__ */ $constructor("$ZodCheckUpperCase", (inst, def) => {
  def.pattern ?? (def.pattern = uppercase);
  $ZodCheckStringFormat.init(inst, def);
});
var $ZodCheckIncludes = /* @__PURE__ */ $constructor("$ZodCheckIncludes", (inst, def) => {
  $ZodCheck.init(inst, def);
  const escapedRegex = escapeRegex(def.includes);
  const pattern2 = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
  def.pattern = pattern2;
  inst._zod.check = (payload) => {
    if (payload.value.includes(def.includes, def.position))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "includes",
      includes: def.includes,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStartsWith = /* @__PURE__ */ $constructor("$ZodCheckStartsWith", (inst, def) => {
  $ZodCheck.init(inst, def);
  const pattern2 = new RegExp(`^${escapeRegex(def.prefix)}.*`);
  def.pattern ?? (def.pattern = pattern2);
  inst._zod.check = (payload) => {
    if (payload.value.startsWith(def.prefix))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "starts_with",
      prefix: def.prefix,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckEndsWith = /* @__PURE__ */ $constructor("$ZodCheckEndsWith", (inst, def) => {
  $ZodCheck.init(inst, def);
  const pattern2 = new RegExp(`.*${escapeRegex(def.suffix)}$`);
  def.pattern ?? (def.pattern = pattern2);
  inst._zod.check = (payload) => {
    if (payload.value.endsWith(def.suffix))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "ends_with",
      suffix: def.suffix,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckOverwrite = /* @__PURE__ */ $constructor("$ZodCheckOverwrite", (inst, def) => {
  $ZodCheck.init(inst, def);
  inst._zod.check = (payload) => {
    payload.value = def.tx(payload.value);
  };
});

// node_modules/zod/v4/core/doc.js
var Doc = class {
  constructor(args = [], closed2 = {}) {
    this.content = [];
    this.indent = 0;
    this.args = args;
    this.closed = closed2;
  }
  // the compiler catches a child's throw and keeps writing into this doc, so the indent has to unwind with it
  indented(fn) {
    this.indent += 1;
    try {
      fn(this);
    } finally {
      this.indent -= 1;
    }
  }
  write(arg) {
    if (typeof arg === "function") {
      arg(this, { execution: "sync" });
      arg(this, { execution: "async" });
      return;
    }
    const content = arg;
    const lines = content.split("\n").filter((x) => x);
    const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
    const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
    for (const line4 of dedented) {
      this.content.push(line4);
    }
  }
  compile() {
    const F = Function;
    const content = this?.content ?? [``];
    const factory = new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {
${content.join("\n")}
};`);
    return factory(...Object.values(this.closed));
  }
};

// node_modules/zod/v4/core/versions.js
var version = {
  major: 4,
  minor: 6,
  patch: 6
};

// node_modules/zod/v4/core/schemas.js
var $ZodType = /* @__PURE__ */ $constructor("$ZodType", (inst, def) => {
  var _a3;
  inst ?? (inst = {});
  inst._zod.def = def;
  inst._zod.bag = inst._zod.bag || {};
  inst._zod.version = version;
  const defChecks = inst._zod.def.checks;
  const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
  for (const ch of checks) {
    for (const fn of ch._zod.onattach) {
      fn(inst);
    }
  }
  if (checks.length === 0) {
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred?.push(() => {
      inst._zod.run = inst._zod.parse;
    });
  } else {
    const runChecks = (payload, checks2, ctx) => {
      if (payload.memo)
        return payload;
      let isAborted = aborted(payload);
      let asyncResult;
      for (const ch of checks2) {
        if (ch._zod.def.when) {
          if (explicitlyAborted(payload))
            continue;
          const shouldRun = ch._zod.def.when(payload);
          if (!shouldRun)
            continue;
        } else if (isAborted) {
          continue;
        }
        const currLen = payload.issues.length;
        const _ = ch._zod.check(payload);
        if (_ instanceof Promise && ctx?.async === false) {
          throw new $ZodAsyncError();
        }
        if (asyncResult || _ instanceof Promise) {
          asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
            await _;
            const nextLen = payload.issues.length;
            if (nextLen === currLen)
              return;
            attachSchema(payload.issues, currLen, inst);
            if (!isAborted)
              isAborted = aborted(payload, currLen);
          });
        } else {
          const nextLen = payload.issues.length;
          if (nextLen === currLen)
            continue;
          attachSchema(payload.issues, currLen, inst);
          if (!isAborted)
            isAborted = aborted(payload, currLen);
        }
      }
      if (asyncResult) {
        return asyncResult.then(() => {
          return payload;
        });
      }
      return payload;
    };
    const handleCanaryResult = (canary, payload, ctx) => {
      if (aborted(canary)) {
        canary.aborted = true;
        return canary;
      }
      const checkResult = runChecks(payload, checks, ctx);
      if (checkResult instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return checkResult.then((checkResult2) => inst._zod.parse(checkResult2, ctx));
      }
      return inst._zod.parse(checkResult, ctx);
    };
    inst._zod.run = (payload, ctx) => {
      if (ctx.skipChecks) {
        return inst._zod.parse(payload, ctx);
      }
      if (ctx.direction === "backward") {
        const canary = inst._zod.parse({ value: payload.value, issues: [] }, { ...ctx, skipChecks: true });
        if (canary instanceof Promise) {
          return canary.then((canary2) => {
            return handleCanaryResult(canary2, payload, ctx);
          });
        }
        return handleCanaryResult(canary, payload, ctx);
      }
      const result = inst._zod.parse(payload, ctx);
      if (result instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return result.then((result2) => runChecks(result2, checks, ctx));
      }
      return runChecks(result, checks, ctx);
    };
  }
}, {
  // Wrappers extend this by installing a richer factory over it; reading it eagerly would defeat the laziness.
  get "~standard"() {
    return hide(this, "~standard", standardProps(this));
  },
  set "~standard"(value) {
    own(this, "~standard", value);
  }
});
var toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync2(inst, value) {
  const ctx = { async: true };
  return toStandardResult(await inst._zod.run({ value, issues: [] }, ctx), ctx);
}
function standardProps(inst) {
  return {
    validate: (value) => {
      const ctx = { async: false };
      try {
        const r = inst._zod.run({ value, issues: [] }, ctx);
        if (!(r instanceof Promise))
          return toStandardResult(r, ctx);
      } catch (_) {
      }
      return validateAsync2(inst, value);
    },
    vendor: "zod",
    version: 1
  };
}
var $ZodString = /* @__PURE__ */ $constructor("$ZodString", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = def.pattern ?? anyString;
  inst._zod.parse = (payload, _) => {
    if (def.coerce)
      try {
        payload.value = String(payload.value);
      } catch (_2) {
      }
    if (typeof payload.value === "string")
      return payload;
    payload.issues.push({
      expected: "string",
      code: "invalid_type",
      input: payload.value,
      inst
    });
    return payload;
  };
});
var $ZodStringFormat = /* @__PURE__ */ $constructor("$ZodStringFormat", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  $ZodString.init(inst, def);
});
var $ZodGUID = /* @__PURE__ */ $constructor("$ZodGUID", (inst, def) => {
  def.pattern ?? (def.pattern = guid);
  $ZodStringFormat.init(inst, def);
});
var $ZodUUID = /* @__PURE__ */ $constructor("$ZodUUID", (inst, def) => {
  if (def.version) {
    const versionMap = {
      v1: 1,
      v2: 2,
      v3: 3,
      v4: 4,
      v5: 5,
      v6: 6,
      v7: 7,
      v8: 8
    };
    const v = versionMap[def.version];
    if (v === void 0)
      throw new Error(`Invalid UUID version: "${def.version}"`);
    def.pattern ?? (def.pattern = uuid(v));
  } else
    def.pattern ?? (def.pattern = uuid());
  $ZodStringFormat.init(inst, def);
});
var $ZodEmail = /* @__PURE__ */ $constructor("$ZodEmail", (inst, def) => {
  def.pattern ?? (def.pattern = email);
  $ZodStringFormat.init(inst, def);
});
var URL_BAD_FORMAT = 1;
var URL_UNPARSEABLE = 2;
function canParseURL(input) {
  try {
    if (typeof URL !== "undefined" && typeof URL.canParse === "function")
      return URL.canParse(input);
    new URL(input);
    return true;
  } catch {
    return false;
  }
}
function validateURL(trimmed, def) {
  if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) {
    return canParseURL(trimmed) || URL_UNPARSEABLE;
  }
  return parseURLObject(trimmed, def);
}
function parseURLObject(trimmed, def) {
  if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) {
    return URL_BAD_FORMAT;
  }
  try {
    if (typeof URL !== "undefined") {
      const URLStatic = URL;
      if (typeof URLStatic.parse === "function")
        return URLStatic.parse(trimmed) ?? URL_UNPARSEABLE;
    }
    return new URL(trimmed);
  } catch {
    return URL_UNPARSEABLE;
  }
}
var asciiTabOrNewline = /[\t\n\r]/g;
function stripTabAndNewline(value) {
  return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname2) {
  hostname2.lastIndex = 0;
  return hostname2.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
  protocol.lastIndex = 0;
  return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
var $ZodURL = /* @__PURE__ */ $constructor("$ZodURL", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    try {
      const trimmed = payload.value.trim();
      const url = validateURL(trimmed, def);
      if (url === URL_BAD_FORMAT) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid URL format",
          input: payload.value,
          inst,
          continue: !def.abort
        });
        return;
      }
      if (url === URL_UNPARSEABLE) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          input: payload.value,
          inst,
          continue: !def.abort
        });
        return;
      }
      if (url === true) {
        payload.value = stripTabAndNewline(trimmed);
        return;
      }
      if (def.hostname && !urlHostnameOk(url, def.hostname)) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid hostname",
          pattern: def.hostname.source,
          input: payload.value,
          inst,
          continue: !def.abort
        });
      }
      if (def.protocol && !urlProtocolOk(url, def.protocol)) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid protocol",
          pattern: def.protocol.source,
          input: payload.value,
          inst,
          continue: !def.abort
        });
      }
      payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
      return;
    } catch (_) {
      payload.issues.push({
        code: "invalid_format",
        format: "url",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodEmoji = /* @__PURE__ */ $constructor("$ZodEmoji", (inst, def) => {
  def.pattern ?? (def.pattern = emoji());
  $ZodStringFormat.init(inst, def);
});
var $ZodNanoID = /* @__PURE__ */ $constructor("$ZodNanoID", (inst, def) => {
  if (def.length !== void 0 && (!Number.isInteger(def.length) || def.length < 1))
    throw new Error(`Invalid nanoid length: ${def.length}`);
  def.pattern ?? (def.pattern = def.length === void 0 ? nanoid : nanoidOfLength(def.length));
  $ZodStringFormat.init(inst, def);
});
var $ZodCUID = /* @__PURE__ */ $constructor("$ZodCUID", (inst, def) => {
  def.pattern ?? (def.pattern = cuid);
  $ZodStringFormat.init(inst, def);
});
var $ZodCUID2 = /* @__PURE__ */ $constructor("$ZodCUID2", (inst, def) => {
  def.pattern ?? (def.pattern = cuid2);
  $ZodStringFormat.init(inst, def);
});
var $ZodULID = /* @__PURE__ */ $constructor("$ZodULID", (inst, def) => {
  def.pattern ?? (def.pattern = ulid);
  $ZodStringFormat.init(inst, def);
});
var $ZodXID = /* @__PURE__ */ $constructor("$ZodXID", (inst, def) => {
  def.pattern ?? (def.pattern = xid);
  $ZodStringFormat.init(inst, def);
});
var $ZodKSUID = /* @__PURE__ */ $constructor("$ZodKSUID", (inst, def) => {
  def.pattern ?? (def.pattern = ksuid);
  $ZodStringFormat.init(inst, def);
});
var $ZodISODateTime = /* @__PURE__ */ $constructor("$ZodISODateTime", (inst, def) => {
  def.pattern ?? (def.pattern = datetime(def));
  $ZodStringFormat.init(inst, def);
});
var $ZodISODate = /* @__PURE__ */ $constructor("$ZodISODate", (inst, def) => {
  def.pattern ?? (def.pattern = date);
  $ZodStringFormat.init(inst, def);
});
var $ZodISOTime = /* @__PURE__ */ $constructor("$ZodISOTime", (inst, def) => {
  def.pattern ?? (def.pattern = time(def));
  $ZodStringFormat.init(inst, def);
});
var $ZodISODuration = /* @__PURE__ */ $constructor("$ZodISODuration", (inst, def) => {
  def.pattern ?? (def.pattern = duration);
  $ZodStringFormat.init(inst, def);
});
var $ZodIPv4 = /* @__PURE__ */ $constructor("$ZodIPv4", (inst, def) => {
  def.pattern ?? (def.pattern = ipv4);
  $ZodStringFormat.init(inst, def);
});
var ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
  if (!ipv6Alphabet.test(value))
    return false;
  return canParseURL(`http://[${value}]`);
}
var $ZodIPv6 = /* @__PURE__ */ $constructor("$ZodIPv6", (inst, def) => {
  def.pattern ?? (def.pattern = ipv6);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (!isValidIPv6(payload.value)) {
      payload.issues.push({
        code: "invalid_format",
        format: "ipv6",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodCIDRv4 = /* @__PURE__ */ $constructor("$ZodCIDRv4", (inst, def) => {
  def.pattern ?? (def.pattern = cidrv4);
  $ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
  const parts = value.split("/");
  if (parts.length !== 2)
    return false;
  const [address, prefix] = parts;
  if (!prefix)
    return false;
  const prefixNum = Number(prefix);
  if (`${prefixNum}` !== prefix)
    return false;
  if (prefixNum < 0 || prefixNum > 128)
    return false;
  return isValidIPv6(address);
}
var $ZodCIDRv6 = /* @__PURE__ */ $constructor("$ZodCIDRv6", (inst, def) => {
  def.pattern ?? (def.pattern = cidrv6);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (!isValidCIDRv6(payload.value)) {
      payload.issues.push({
        code: "invalid_format",
        format: "cidrv6",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
function isValidBase64(data) {
  if (data === "")
    return true;
  if (/\s/.test(data))
    return false;
  if (data.length % 4 !== 0)
    return false;
  try {
    atob(data);
    return true;
  } catch {
    return false;
  }
}
var base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
var $ZodBase64 = /* @__PURE__ */ $constructor("$ZodBase64", (inst, def) => {
  def.pattern ?? (def.pattern = base64Charset);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidBase64(payload.value))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "base64",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
  if (!base64urlCharset.test(data))
    return false;
  const base643 = data.replace(/[-_]/g, (c) => c === "-" ? "+" : "/");
  const padded = base643.padEnd(Math.ceil(base643.length / 4) * 4, "=");
  return isValidBase64(padded);
}
var $ZodBase64URL = /* @__PURE__ */ $constructor("$ZodBase64URL", (inst, def) => {
  def.pattern ?? (def.pattern = base64urlCharset);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidBase64URL(payload.value))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "base64url",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodE164 = /* @__PURE__ */ $constructor("$ZodE164", (inst, def) => {
  def.pattern ?? (def.pattern = e164);
  $ZodStringFormat.init(inst, def);
});
function isValidJWT(token, algorithm = null) {
  try {
    const tokensParts = token.split(".");
    if (tokensParts.length !== 3)
      return false;
    const [header] = tokensParts;
    if (!header)
      return false;
    const parsedHeader = JSON.parse(atob(header));
    if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT")
      return false;
    if (!parsedHeader.alg)
      return false;
    if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm))
      return false;
    return true;
  } catch {
    return false;
  }
}
var $ZodJWT = /* @__PURE__ */ $constructor("$ZodJWT", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidJWT(payload.value, def.alg))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "jwt",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodNumber = /* @__PURE__ */ $constructor("$ZodNumber", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = number;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Number(payload.value);
      } catch (_) {
      }
    const input = payload.value;
    if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) {
      return payload;
    }
    const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
    payload.issues.push({
      expected: "number",
      code: "invalid_type",
      input,
      inst,
      ...received ? { received } : {}
    });
    return payload;
  };
});
var $ZodNumberFormat = /* @__PURE__ */ $constructor("$ZodNumberFormat", (inst, def) => {
  $ZodCheckNumberFormat.init(inst, def);
  $ZodNumber.init(inst, def);
});
var $ZodBoolean = /* @__PURE__ */ $constructor("$ZodBoolean", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = boolean;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Boolean(payload.value);
      } catch (_) {
      }
    const input = payload.value;
    if (typeof input === "boolean")
      return payload;
    payload.issues.push({
      expected: "boolean",
      code: "invalid_type",
      input,
      inst
    });
    return payload;
  };
});
var $ZodNull = /* @__PURE__ */ $constructor("$ZodNull", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = _null;
  inst._zod.values = /* @__PURE__ */ new Set([null]);
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (input === null)
      return payload;
    payload.issues.push({
      expected: "null",
      code: "invalid_type",
      input,
      inst
    });
    return payload;
  };
});
var $ZodUnknown = /* @__PURE__ */ $constructor("$ZodUnknown", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload) => payload;
});
var $ZodNever = /* @__PURE__ */ $constructor("$ZodNever", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, _ctx) => {
    payload.issues.push({
      expected: "never",
      code: "invalid_type",
      input: payload.value,
      inst
    });
    return payload;
  };
});
function capSize(inst, size) {
  const caps = sizeCaps(inst._zod.def.checks);
  if (!caps.length)
    return;
  const cap = Math.min(...caps.map((c) => c[0]));
  const parse2 = inst._zod.parse;
  inst._zod.parse = (payload, ctx) => {
    const n = size(payload.value);
    if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
      for (const [max, ch] of sizeCaps(inst._zod.def.checks)) {
        if (n > max && ch._zod.def.when(payload)) {
          const start = payload.issues.length;
          ch._zod.check(payload);
          payload.issues[start].continue = false;
          attachSchema(payload.issues, start, inst);
          return payload;
        }
      }
    }
    return parse2(payload, ctx);
  };
}
var arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
  if (result.issues.length) {
    final.issues.push(...prefixIssues(index, result.issues));
  }
  final.value[index] = result.value;
}
var $ZodArray = /* @__PURE__ */ $constructor("$ZodArray", (inst, def) => {
  $ZodType.init(inst, def);
  const memo2 = globalConfig.memoizer;
  memo2?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!Array.isArray(input)) {
      payload.issues.push({
        expected: "array",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    payload.value = memo2 ? memo2.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
    const proms = [];
    const abortEarly = ctx?.abortEarly;
    for (let i = 0; i < input.length; i++) {
      const item = input[i];
      const result = def.element._zod.run({
        value: item,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        proms.push(result.then((result2) => handleArrayResult(result2, payload, i)));
      } else {
        handleArrayResult(result, payload, i);
        if (abortEarly && result.issues.length !== 0 && aborted(result))
          break;
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload);
    }
    return payload;
  };
  capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
  const isPresent = key in input;
  const isOptionalOut = optout === "optional";
  if (!isPresent && isOptionalOut && optin === "optional") {
    return;
  }
  if (result.issues.length) {
    if (optin !== void 0 && isOptionalOut && !isPresent) {
      return;
    }
    final.issues.push(...prefixIssues(key, result.issues));
  }
  if (!isPresent && optin === void 0) {
    if (!result.issues.length) {
      final.issues.push({
        code: "invalid_type",
        expected: "nonoptional",
        input: void 0,
        path: [key]
      });
    }
    return;
  }
  if (result.value === void 0) {
    if (isPresent || optin === "defaulted" && !isOptionalOut) {
      final.value[key] = void 0;
    }
  } else {
    final.value[key] = result.value;
  }
}
var NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
  const keys = Object.keys(def.shape);
  const ownSymbols = Object.getOwnPropertySymbols(def.shape);
  const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
  const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
  for (const k of allKeys) {
    if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) {
      throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
    }
  }
  const okeys = optionalKeys(def.shape);
  return {
    ...def,
    allKeys,
    symbolKeys,
    // string-only: handleCatchall matches it against `for...in`, which never yields a symbol
    keySet: new Set(keys),
    numKeys: keys.length,
    optionalKeys: new Set(okeys)
  };
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
  const unrecognized = [];
  const keySet3 = def.keySet;
  const _catchall = def.catchall._zod;
  const t = _catchall.def.type;
  const optin = _catchall.optin;
  const optout = _catchall.optout;
  let seen = 0;
  for (const key in input) {
    if (abortEarly && payload.issues.length !== seen) {
      if (aborted(payload, seen))
        break;
      seen = payload.issues.length;
    }
    if (keySet3.has(key))
      continue;
    if (key === "__proto__") {
      if (t === "never")
        unrecognized.push(key);
      continue;
    }
    if (t === "never") {
      unrecognized.push(key);
      continue;
    }
    const r = _catchall.run({ value: input[key], issues: [] }, ctx);
    if (r instanceof Promise) {
      proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
    } else {
      handlePropertyResult(r, payload, key, input, optin, optout);
    }
  }
  if (unrecognized.length) {
    payload.issues.push({
      code: "unrecognized_keys",
      keys: unrecognized,
      input,
      inst,
      // Describes the shape of the input, not the validity of the parsed value, so it never aborts. The parse still fails; the schema's own checks just get to run first, and an enclosing intersection can reconcile the key against a sibling operand.
      continue: true
    });
  }
  if (!proms.length)
    return payload;
  return Promise.all(proms).then(() => {
    return payload;
  });
}
var $ZodObject = /* @__PURE__ */ $constructor("$ZodObject", (inst, def) => {
  $ZodType.init(inst, def);
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  const sh = desc?.get ? desc.get.raw : def.shape ?? {};
  if (sh) {
    const get = () => {
      const newSh = { ...sh };
      Object.defineProperty(def, "shape", { value: newSh });
      get.raw = newSh;
      return newSh;
    };
    get.raw = sh;
    Object.defineProperty(def, "shape", { get });
  }
  const _normalized = cached(() => normalizeDef(def));
  defineLazyInternal(inst, "propValues", (zod) => {
    const shape = zod.def.shape;
    const propValues = {};
    for (const key in shape) {
      const field = shape[key]._zod;
      if (field.values) {
        if (!Object.prototype.hasOwnProperty.call(propValues, key)) {
          assignProp(propValues, key, /* @__PURE__ */ new Set());
        }
        for (const v of field.values)
          propValues[key].add(v);
        if (field.optin !== void 0)
          propValues[key].add(void 0);
      }
    }
    return propValues;
  });
  const isObject3 = isObject;
  const catchall = def.catchall;
  let value;
  const memo2 = globalConfig.memoizer;
  memo2?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    value ?? (value = _normalized.value);
    const input = payload.value;
    if (!isObject3(input)) {
      payload.issues.push({
        expected: "object",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    payload.value = memo2 ? memo2.alloc(inst, payload, {}, ctx) : {};
    const proms = [];
    const shape = value.shape;
    const abortEarly = ctx?.abortEarly;
    let seen = payload.issues.length;
    for (const key of value.allKeys) {
      if (abortEarly && payload.issues.length !== seen) {
        if (aborted(payload, seen))
          break;
        seen = payload.issues.length;
      }
      if (key === "__proto__")
        continue;
      const el = shape[key];
      const optin = el._zod.optin;
      const optout = el._zod.optout;
      const r = el._zod.run({ value: input[key], issues: [] }, ctx);
      if (r instanceof Promise) {
        proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
      } else {
        handlePropertyResult(r, payload, key, input, optin, optout);
      }
    }
    if (!catchall) {
      return proms.length ? Promise.all(proms).then(() => payload) : payload;
    }
    return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
  };
});
var $ZodObjectJIT = /* @__PURE__ */ $constructor("$ZodObjectJIT", (inst, def) => {
  $ZodObject.init(inst, def);
  const superParse = inst._zod.parse;
  const _normalized = cached(() => normalizeDef(def));
  const memo2 = globalConfig.memoizer;
  const generateFastpass = (shape) => {
    const normalized = _normalized.value;
    const syms = normalized.symbolKeys;
    const doc = new Doc(["payload", "ctx"], { shape, inst, memo: memo2, syms });
    const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
    const prefixStr = (id4, k) => `
          let ${id4}_ab = false;
          for (let i = 0; i < ${id4}.issues.length; i++) {
            const iss = ${id4}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id4}_ab = true;
          }
          if (${id4}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
    doc.write(`const input = payload.value;`);
    const ids = /* @__PURE__ */ Object.create(null);
    let counter = 0;
    for (const key of normalized.allKeys) {
      ids[key] = `key_${counter++}`;
    }
    doc.write(memo2 ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
    for (const key of normalized.allKeys) {
      if (key === "__proto__")
        continue;
      const id4 = ids[key];
      const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
      const isPresent = `${k} in input`;
      const schema = shape[key];
      const optin = schema?._zod?.optin;
      const isOptionalIn = optin !== void 0;
      const isOptionalOut = schema?._zod?.optout === "optional";
      doc.write(`const ${id4} = ${parseStr(k)};`);
      if (isOptionalIn && isOptionalOut) {
        const assign = optin === "optional" ? `${id4}_present` : `${id4}.value !== undefined || ${id4}_present`;
        doc.write(`
        const ${id4}_present = ${isPresent};
        if (!${id4}.issues.length || ${id4}_present) {
          if (${id4}.issues.length) {${prefixStr(id4, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id4}.value;
          }
        }

      `);
      } else if (!isOptionalIn) {
        doc.write(`
        const ${id4}_present = ${isPresent};
        if (${id4}.issues.length) {${prefixStr(id4, k)}
        }
        if (!${id4}_present && !${id4}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id4}_present) {
          newResult[${k}] = ${id4}.value;
        }

      `);
      } else {
        doc.write(`
        if (${id4}.issues.length) {${prefixStr(id4, k)}
        }
      `);
        if (optin === "defaulted") {
          doc.write(`newResult[${k}] = ${id4}.value;`);
        } else {
          doc.write(`
        if (${id4}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id4}.value;
        }
      `);
        }
      }
    }
    doc.write(`payload.value = newResult;`);
    doc.write(`return payload;`);
    return doc.compile();
  };
  let fastpass;
  const isObject3 = isObject;
  const jit = !globalConfig.jitless;
  const allowsEval2 = allowsEval;
  const fastEnabled = jit && allowsEval2.value;
  const catchall = def.catchall;
  let value;
  inst._zod.parse = (payload, ctx) => {
    value ?? (value = _normalized.value);
    const input = payload.value;
    if (!isObject3(input)) {
      payload.issues.push({
        expected: "object",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
      if (!fastpass)
        fastpass = generateFastpass(def.shape);
      payload = fastpass(payload, ctx);
      if (!catchall)
        return payload;
      return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
    }
    return superParse(payload, ctx);
  };
});
function handleUnionResults(results, final, inst, ctx) {
  for (const result of results) {
    if (result.issues.length === 0) {
      final.value = result.value;
      return final;
    }
  }
  const nonaborted = results.filter((r) => !aborted(r));
  if (nonaborted.length === 1) {
    final.value = nonaborted[0].value;
    return nonaborted[0];
  }
  final.issues.push({
    code: "invalid_union",
    input: final.value,
    inst,
    errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
  });
  return final;
}
var $ZodUnion = /* @__PURE__ */ $constructor("$ZodUnion", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
  defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
  defineLazyInternal(inst, "values", (zod) => {
    if (zod.def.options.every((o) => o._zod.values)) {
      return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
    }
    return void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    if (zod.def.options.every((o) => o._zod.pattern)) {
      const patterns = zod.def.options.map((o) => o._zod.pattern);
      return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
    }
    return void 0;
  });
  const first = def.options.length === 1 ? def.options[0]._zod.run : null;
  inst._zod.parse = (payload, ctx) => {
    if (first) {
      return first(payload, ctx);
    }
    let async = false;
    const results = [];
    for (const option of def.options) {
      const result = option._zod.run({
        value: payload.value,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        results.push(result);
        async = true;
      } else {
        if (result.issues.length === 0)
          return result;
        results.push(result);
      }
    }
    if (!async)
      return handleUnionResults(results, payload, inst, ctx);
    return Promise.all(results).then((results2) => {
      return handleUnionResults(results2, payload, inst, ctx);
    });
  };
});
function discriminatorMap(def) {
  const map = /* @__PURE__ */ new Map();
  for (const option of def.options) {
    const values = option._zod.propValues?.[def.discriminator];
    if (!values || values.size === 0)
      throw new Error(`Invalid discriminated union option at index "${def.options.indexOf(option)}"`);
    for (const value of values) {
      if (map.has(value)) {
        if (value !== void 0)
          throw new Error(`Duplicate discriminator value "${String(value)}"`);
        map.set(value, null);
      } else {
        map.set(value, option);
      }
    }
  }
  return map;
}
var $ZodDiscriminatedUnion = /* @__PURE__ */ $constructor("$ZodDiscriminatedUnion", (inst, def) => {
  def.inclusive = false;
  $ZodUnion.init(inst, def);
  const _super = inst._zod.parse;
  defineLazyInternal(inst, "propValues", (zod) => {
    const propValues = {};
    let undefinedCount = 0;
    for (const option of zod.def.options) {
      const pv = option._zod.propValues;
      if (!pv || Object.keys(pv).length === 0)
        throw new Error(`Invalid discriminated union option at index "${zod.def.options.indexOf(option)}"`);
      if (pv[zod.def.discriminator]?.has(void 0))
        undefinedCount++;
      for (const [k, v] of Object.entries(pv)) {
        if (!Object.prototype.hasOwnProperty.call(propValues, k)) {
          assignProp(propValues, k, /* @__PURE__ */ new Set());
        }
        for (const val of v) {
          propValues[k].add(val);
        }
      }
    }
    if (!zod.def.unionFallback && undefinedCount > 1)
      propValues[zod.def.discriminator]?.delete(void 0);
    return propValues;
  });
  def.options.forEach((option, i) => {
    const propShape = rawShape(option._zod.def);
    if (propShape && !Object.prototype.hasOwnProperty.call(propShape, def.discriminator)) {
      throw new Error(`Invalid discriminated union option at index "${i}"`);
    }
  });
  const disc = cached(() => discriminatorMap(def));
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!isObject(input)) {
      payload.issues.push({
        code: "invalid_type",
        expected: "object",
        input,
        inst
      });
      return payload;
    }
    const value = input?.[def.discriminator];
    const opt = disc.value.get(value);
    if (opt && (value !== void 0 || ctx.direction !== "backward")) {
      return opt._zod.run(payload, ctx);
    }
    if (def.unionFallback || ctx.direction === "backward") {
      return _super(payload, ctx);
    }
    payload.issues.push({
      code: "invalid_union",
      errors: [],
      note: "No matching discriminator",
      discriminator: def.discriminator,
      options: Array.from(disc.value.keys()).filter((value2) => disc.value.get(value2) !== null),
      input,
      path: [def.discriminator],
      inst
    });
    return payload;
  };
});
var $ZodIntersection = /* @__PURE__ */ $constructor("$ZodIntersection", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    const left = def.left._zod.run({ value: input, issues: [] }, ctx);
    const right = def.right._zod.run({ value: input, issues: [] }, ctx);
    const async = left instanceof Promise || right instanceof Promise;
    if (async) {
      return Promise.all([left, right]).then(([left2, right2]) => {
        return handleIntersectionResults(payload, left2, right2);
      });
    }
    return handleIntersectionResults(payload, left, right);
  };
});
function mergeValues(a, b) {
  if (a === b) {
    return { valid: true, data: a };
  }
  if (a instanceof Date && b instanceof Date && +a === +b) {
    return { valid: true, data: a };
  }
  if (isPlainObject(a) && isPlainObject(b)) {
    const bKeys = Object.keys(b);
    const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
    const newObj = { ...a, ...b };
    if (Object.prototype.hasOwnProperty.call(newObj, "__proto__"))
      delete newObj.__proto__;
    for (const key of sharedKeys) {
      if (key === "__proto__")
        continue;
      const sharedValue = mergeValues(a[key], b[key]);
      if (!sharedValue.valid) {
        return {
          valid: false,
          mergeErrorPath: [key, ...sharedValue.mergeErrorPath]
        };
      }
      newObj[key] = sharedValue.data;
    }
    return { valid: true, data: newObj };
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) {
      return { valid: false, mergeErrorPath: [] };
    }
    const newArray = [];
    for (let index = 0; index < a.length; index++) {
      const itemA = a[index];
      const itemB = b[index];
      const sharedValue = mergeValues(itemA, itemB);
      if (!sharedValue.valid) {
        return {
          valid: false,
          mergeErrorPath: [index, ...sharedValue.mergeErrorPath]
        };
      }
      newArray.push(sharedValue.data);
    }
    return { valid: true, data: newArray };
  }
  return { valid: false, mergeErrorPath: [] };
}
function handleIntersectionResults(result, left, right) {
  const unrecKeys = /* @__PURE__ */ new Map();
  let unrecIssue;
  const keyIssues = /* @__PURE__ */ new Map();
  const collect = (iss, side) => {
    let keys;
    if (iss.code === "unrecognized_keys" && !iss.path?.length) {
      unrecIssue ?? (unrecIssue = iss);
      keys = iss.keys;
    } else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
      const k = String(iss.path[0]);
      if (!keyIssues.has(k))
        keyIssues.set(k, iss);
      keys = [k];
    } else {
      return false;
    }
    for (const k of keys) {
      if (!unrecKeys.has(k))
        unrecKeys.set(k, {});
      unrecKeys.get(k)[side] = true;
    }
    return true;
  };
  for (const iss of left.issues) {
    if (!collect(iss, "l"))
      result.issues.push(iss);
  }
  for (const iss of right.issues) {
    if (!collect(iss, "r"))
      result.issues.push(iss);
  }
  const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
  if (bothKeys.length) {
    const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
    if (aggregated.length)
      result.issues.push({ ...unrecIssue, keys: aggregated });
    for (const k of bothKeys) {
      if (!aggregated.includes(k) && keyIssues.has(k))
        result.issues.push(keyIssues.get(k));
    }
  }
  const merged = mergeValues(left.value, right.value);
  if (!merged.valid) {
    if (aborted(result))
      return result;
    throw new Error(`Unmergable intersection. Error path: ${JSON.stringify(merged.mergeErrorPath)}`);
  }
  result.value = merged.data;
  return result;
}
var $ZodRecord = /* @__PURE__ */ $constructor("$ZodRecord", (inst, def) => {
  $ZodType.init(inst, def);
  const memo2 = globalConfig.memoizer;
  memo2?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!isPlainObject(input)) {
      payload.issues.push({
        expected: "record",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    const proms = [];
    const values = def.keyType._zod.values;
    if (values && !def.partial) {
      payload.value = memo2 ? memo2.alloc(inst, payload, {}, ctx) : {};
      const recordKeys = /* @__PURE__ */ new Set();
      for (const key of values) {
        if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
          recordKeys.add(typeof key === "number" ? key.toString() : key);
          if (key === "__proto__")
            continue;
          const keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
          if (keyResult instanceof Promise) {
            throw new Error("Async schemas not supported in object keys currently");
          }
          if (keyResult.issues.length) {
            payload.issues.push({
              code: "invalid_key",
              origin: "record",
              issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
              input: key,
              path: [key],
              inst
            });
            continue;
          }
          const outKey = keyResult.value;
          if (outKey === "__proto__")
            continue;
          const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
          if (result instanceof Promise) {
            proms.push(result.then((result2) => {
              if (result2.issues.length) {
                payload.issues.push(...prefixIssues(key, result2.issues));
              }
              payload.value[outKey] = result2.value;
            }));
          } else {
            if (result.issues.length) {
              payload.issues.push(...prefixIssues(key, result.issues));
            }
            payload.value[outKey] = result.value;
          }
        }
      }
      let unrecognized;
      for (const key in input) {
        if (!recordKeys.has(key)) {
          if (def.mode === "loose") {
            if (key === "__proto__")
              continue;
            payload.value[key] = input[key];
          } else {
            unrecognized = unrecognized ?? [];
            unrecognized.push(key);
          }
        }
      }
      if (unrecognized && unrecognized.length > 0) {
        payload.issues.push({
          code: "unrecognized_keys",
          input,
          inst,
          keys: unrecognized,
          continue: true
        });
      }
    } else {
      payload.value = memo2 ? memo2.alloc(inst, payload, {}, ctx) : {};
      let unrecognized;
      for (const key of Reflect.ownKeys(input)) {
        if (key === "__proto__")
          continue;
        if (!Object.prototype.propertyIsEnumerable.call(input, key))
          continue;
        let keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
        if (keyResult instanceof Promise) {
          throw new Error("Async schemas not supported in object keys currently");
        }
        const checkNumericKey = typeof key === "string" && number.test(key) && keyResult.issues.length;
        if (checkNumericKey) {
          const retryResult = def.keyType._zod.run({ value: Number(key), issues: [] }, ctx);
          if (retryResult instanceof Promise) {
            throw new Error("Async schemas not supported in object keys currently");
          }
          if (retryResult.issues.length === 0) {
            keyResult = retryResult;
          }
        }
        if (keyResult.issues.length) {
          if (def.mode === "loose") {
            payload.value[key] = input[key];
          } else if (values) {
            unrecognized = unrecognized ?? [];
            unrecognized.push(key);
          } else {
            payload.issues.push({
              code: "invalid_key",
              origin: "record",
              issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
              input: key,
              path: [key],
              inst
            });
          }
          continue;
        }
        const outKey = keyResult.value;
        if (outKey === "__proto__")
          continue;
        const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
        if (result instanceof Promise) {
          proms.push(result.then((result2) => {
            if (result2.issues.length) {
              payload.issues.push(...prefixIssues(key, result2.issues));
            }
            payload.value[outKey] = result2.value;
          }));
        } else {
          if (result.issues.length) {
            payload.issues.push(...prefixIssues(key, result.issues));
          }
          payload.value[outKey] = result.value;
        }
      }
      if (unrecognized && unrecognized.length > 0) {
        payload.issues.push({
          code: "unrecognized_keys",
          input,
          inst,
          keys: unrecognized,
          continue: true
        });
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload);
    }
    return payload;
  };
});
var $ZodEnum = /* @__PURE__ */ $constructor("$ZodEnum", (inst, def) => {
  $ZodType.init(inst, def);
  const values = getEnumValues(def.entries);
  const valuesSet = new Set(values);
  inst._zod.values = valuesSet;
  defineLazyInternal(inst, "pattern", (zod) => {
    const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
    return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (valuesSet.has(input)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values,
      input,
      inst
    });
    return payload;
  };
});
var $ZodLiteral = /* @__PURE__ */ $constructor("$ZodLiteral", (inst, def) => {
  $ZodType.init(inst, def);
  const values = new Set(def.values);
  inst._zod.values = values;
  defineLazyInternal(inst, "pattern", (zod) => {
    const vals = zod.def.values;
    return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (values.has(input)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values: def.values,
      input,
      inst
    });
    return payload;
  };
});
var $ZodTransform = /* @__PURE__ */ $constructor("$ZodTransform", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "optional";
  globalConfig.memoizer?.guard(inst);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      throw new $ZodEncodeError(inst.constructor.name);
    }
    const _out = def.transform(payload.value, payload);
    if (ctx.async) {
      const output = _out instanceof Promise ? _out : Promise.resolve(_out);
      return output.then((output2) => {
        payload.value = output2;
        return payload;
      });
    }
    if (_out instanceof Promise) {
      throw new $ZodAsyncError();
    }
    payload.value = _out;
    return payload;
  };
});
function handleOptionalResult(payload, result) {
  payload.value = result.issues.length ? void 0 : result.value;
  return payload;
}
var $ZodOptional = /* @__PURE__ */ $constructor("$ZodOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  inst._zod.optout = "optional";
  defineLazyInternal(inst, "values", (zod) => {
    const values = zod.def.innerType._zod.values;
    return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern2 = zod.def.innerType._zod.pattern;
    return pattern2 ? new RegExp(`^(${cleanRegex(pattern2.source)})?$`) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === void 0) {
      if (def.innerType._zod.optin !== "defaulted")
        return payload;
      const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
      if (result instanceof Promise)
        return result.then((result2) => handleOptionalResult(payload, result2));
      return handleOptionalResult(payload, result);
    }
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodExactOptional = /* @__PURE__ */ $constructor("$ZodExactOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
  inst._zod.parse = (payload, ctx) => {
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodNullable = /* @__PURE__ */ $constructor("$ZodNullable", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern2 = zod.def.innerType._zod.pattern;
    return pattern2 ? new RegExp(`^(${cleanRegex(pattern2.source)}|null)$`) : void 0;
  });
  defineLazyInternal(inst, "values", (zod) => {
    return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === null)
      return payload;
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodDefault = /* @__PURE__ */ $constructor("$ZodDefault", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "defaulted";
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    if (payload.value === void 0) {
      payload.value = def.defaultValue;
      return payload;
    }
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleDefaultResult(result2, def));
    }
    return handleDefaultResult(result, def);
  };
});
function handleDefaultResult(payload, def) {
  if (payload.value === void 0) {
    payload.value = def.defaultValue;
  }
  return payload;
}
var $ZodPrefault = /* @__PURE__ */ $constructor("$ZodPrefault", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "defaulted";
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    if (payload.value === void 0) {
      payload.value = def.defaultValue;
    }
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodNonOptional = /* @__PURE__ */ $constructor("$ZodNonOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => {
    const v = zod.def.innerType._zod.values;
    return v ? new Set([...v].filter((x) => x !== void 0)) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleNonOptionalResult(result2, inst));
    }
    return handleNonOptionalResult(result, inst);
  };
});
function handleNonOptionalResult(payload, inst) {
  if (!payload.issues.length && payload.value === void 0) {
    payload.issues.push({
      code: "invalid_type",
      expected: "nonoptional",
      input: payload.value,
      inst
    });
  }
  return payload;
}
function handleCatchResult(payload, result, def, ctx) {
  if (!result.issues.length) {
    payload.value = result.value;
    if (result.memo)
      payload.memo = true;
    return payload;
  }
  payload.value = def.catchValue({
    ...result,
    value: payload.value,
    error: {
      issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config()))
    },
    input: payload.value
  });
  return payload;
}
var $ZodCatch = /* @__PURE__ */ $constructor("$ZodCatch", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleCatchResult(payload, result2, def, ctx));
    }
    return handleCatchResult(payload, result, def, ctx);
  };
});
var $ZodPipe = /* @__PURE__ */ $constructor("$ZodPipe", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
  defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
  defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      const right = def.out._zod.run(payload, ctx);
      if (right instanceof Promise) {
        return right.then((right2) => handlePipeResult(right2, def.in, ctx));
      }
      return handlePipeResult(right, def.in, ctx);
    }
    const left = def.in._zod.run(payload, ctx);
    if (left instanceof Promise) {
      return left.then((left2) => handlePipeResult(left2, def.out, ctx));
    }
    return handlePipeResult(left, def.out, ctx);
  };
});
function handlePipeResult(left, next, ctx) {
  if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
    left.aborted = true;
    return left;
  }
  return next._zod.run({ value: left.value, issues: left.issues }, ctx);
}
var $ZodReadonly = /* @__PURE__ */ $constructor("$ZodReadonly", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then(handleReadonlyResult);
    }
    return handleReadonlyResult(result);
  };
});
function handleReadonlyResult(payload) {
  if (!payload.memo)
    payload.value = Object.freeze(payload.value);
  return payload;
}
function leafPattern(schema) {
  const def = schema._zod.def;
  let pattern2 = def.pattern;
  let isInt = !!def.format?.includes("int");
  let minimum;
  let maximum;
  for (const ch of def.checks ?? []) {
    const d = ch._zod.def;
    if (d.pattern)
      pattern2 = d.pattern;
    isInt || (isInt = !!d.format?.includes("int"));
    const lo = d.minimum ?? d.length;
    const hi = d.maximum ?? d.length;
    if (lo !== void 0 && (minimum === void 0 || lo > minimum))
      minimum = lo;
    if (hi !== void 0 && (maximum === void 0 || hi < maximum))
      maximum = hi;
  }
  if (pattern2)
    return pattern2.source;
  if (minimum !== void 0 && maximum !== void 0 && minimum > maximum)
    return "(?!)";
  if (minimum !== void 0 || maximum !== void 0)
    return string({ minimum, maximum }).source;
  const own2 = schema._zod.pattern;
  return (isInt && own2 === number ? integer : own2)?.source;
}
function partPattern(schema) {
  const def = schema._zod.def;
  const own2 = schema._zod.pattern?.source;
  const inner = def.innerType ?? schema._zod.innerType;
  if (inner) {
    const before = inner._zod.pattern?.source;
    const after = partPattern(inner);
    if (own2 && before && after && after !== before) {
      return own2.replace(cleanRegex(before), () => cleanRegex(after));
    }
    return own2;
  }
  if (def.options) {
    const sources = def.options.map(partPattern);
    if (sources.every(Boolean))
      return `^(${sources.map((s) => cleanRegex(s)).join("|")})$`;
  }
  return leafPattern(schema);
}
var $ZodTemplateLiteral = /* @__PURE__ */ $constructor("$ZodTemplateLiteral", (inst, def) => {
  $ZodType.init(inst, def);
  const regexParts = [];
  for (const part2 of def.parts) {
    if (typeof part2 === "object" && part2 !== null) {
      const source = partPattern(part2);
      if (!source) {
        throw new Error(`Invalid template literal part, no pattern found: ${[...part2._zod.traits].shift()}`);
      }
      regexParts.push(cleanRegex(source));
    } else if (part2 === null || primitiveTypes.has(typeof part2)) {
      regexParts.push(escapeRegex(`${part2}`));
    } else {
      throw new Error(`Invalid template literal part: ${part2}`);
    }
  }
  inst._zod.pattern = new RegExp(`^${regexParts.join("")}$`);
  inst._zod.parse = (payload, _ctx) => {
    if (typeof payload.value !== "string") {
      payload.issues.push({
        input: payload.value,
        inst,
        expected: "string",
        code: "invalid_type"
      });
      return payload;
    }
    inst._zod.pattern.lastIndex = 0;
    if (!inst._zod.pattern.test(payload.value)) {
      payload.issues.push({
        input: payload.value,
        inst,
        code: "invalid_format",
        format: def.format ?? "template_literal",
        pattern: inst._zod.pattern.source
      });
      return payload;
    }
    return payload;
  };
});
var $ZodLazy = /* @__PURE__ */ $constructor("$ZodLazy", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazy(inst._zod, "innerType", () => {
    const d = def;
    if (!d._cachedInner)
      d._cachedInner = def.getter();
    return d._cachedInner;
  });
  defineLazyInternal(inst, "pattern", (zod) => zod.innerType?._zod?.pattern);
  defineLazyInternal(inst, "propValues", (zod) => zod.innerType?._zod?.propValues);
  defineLazyInternal(inst, "optin", (zod) => zod.innerType?._zod?.optin ?? void 0);
  defineLazyInternal(inst, "optout", (zod) => zod.innerType?._zod?.optout ?? void 0);
  inst._zod.parse = (payload, ctx) => {
    const inner = inst._zod.innerType;
    return inner._zod.run(payload, ctx);
  };
});
var $ZodCustom = /* @__PURE__ */ $constructor("$ZodCustom", (inst, def) => {
  $ZodCheck.init(inst, def);
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, _) => {
    return payload;
  };
  inst._zod.check = (payload) => {
    const input = payload.value;
    const r = def.fn(input);
    if (r instanceof Promise) {
      return r.then((r2) => handleRefineResult(r2, payload, input, inst));
    }
    handleRefineResult(r, payload, input, inst);
    return;
  };
});
function handleRefineResult(result, payload, input, inst) {
  if (!result) {
    const _iss = {
      code: "custom",
      input,
      inst,
      // incorporates params.error into issue reporting
      path: [...inst._zod.def.path ?? []],
      // incorporates params.error into issue reporting
      continue: !inst._zod.def.abort
      // params: inst._zod.def.params,
    };
    if (inst._zod.def.params)
      _iss.params = inst._zod.def.params;
    payload.issues.push(issue(_iss));
  }
}

// node_modules/zod/v4/core/memoizer.js
var $ZodCyclicError = class extends Error {
  constructor() {
    super(`Cannot parse a reference cycle that closes through a transform`);
    this.name = "ZodCyclicError";
  }
};
var STATE = "~memo";
var NO_ISSUES = [];
function isRef(value) {
  return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
  return issues.map((iss) => iss.path ? { ...iss, path: iss.path.slice() } : { ...iss });
}
var recursive = /* @__PURE__ */ new WeakMap();
var NONE2 = 0;
var ASSUMED = 1;
var PROVEN = 2;
function isRecursive(inst, stack, resolve12) {
  const cached2 = recursive.get(inst);
  if (cached2 !== void 0)
    return cached2 ? PROVEN : NONE2;
  if (stack.has(inst))
    return PROVEN;
  stack.add(inst);
  let result = NONE2;
  const check2 = (child) => {
    if (result !== PROVEN && child?._zod) {
      const answer2 = isRecursive(child, stack, resolve12);
      if (answer2 > result)
        result = answer2;
    }
  };
  const shape = (sh, spread) => {
    let answer2 = NONE2;
    for (const key of Reflect.ownKeys(sh)) {
      const desc = Object.getOwnPropertyDescriptor(sh, key);
      if (spread && !desc.enumerable)
        continue;
      const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve12) : NONE2;
      if (child > answer2)
        answer2 = child;
    }
    return answer2;
  };
  const merge2 = (answer2) => {
    if (answer2 > result)
      result = answer2;
  };
  const def = inst._zod.def;
  const kind = def.type;
  switch (kind) {
    case "object": {
      const raw = rawShape(def);
      merge2(raw ? shape(raw, true) : ASSUMED);
      check2(def.catchall);
      break;
    }
    case "array":
      check2(def.element);
      break;
    case "tuple":
      for (const el of def.items)
        check2(el);
      check2(def.rest);
      break;
    case "record":
    case "map":
      check2(def.keyType);
      check2(def.valueType);
      break;
    case "set":
      check2(def.valueType);
      break;
    case "union":
      for (const el of def.options)
        check2(el);
      break;
    case "intersection":
      check2(def.left);
      check2(def.right);
      break;
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
    case "nonoptional":
    case "promise":
    case "success":
      check2(def.innerType);
      break;
    case "pipe":
      check2(def.in);
      check2(def.out);
      break;
    case "function":
      check2(def.input);
      check2(def.output);
      break;
    // `$ZodLazy` caches its inner on the def, so a resolved edge is followed exactly
    case "lazy": {
      const inner = def._cachedInner ?? (resolve12 ? inst._zod.innerType : void 0);
      merge2(inner ? isRecursive(inner, stack, false) : ASSUMED);
      break;
    }
    // a leaf by choice: `parts` are regex fragments, not data positions
    case "template_literal":
    // leaves
    case "string":
    case "number":
    case "int":
    case "boolean":
    case "bigint":
    case "symbol":
    case "undefined":
    case "null":
    case "void":
    case "never":
    case "any":
    case "unknown":
    case "date":
    case "nan":
    case "enum":
    case "literal":
    case "file":
    case "transform":
    case "custom":
      break;
    default: {
      kind;
      for (const key in def) {
        const desc = Object.getOwnPropertyDescriptor(def, key);
        if (!desc || desc.get)
          continue;
        const value = desc.value;
        if (!value || typeof value !== "object")
          continue;
        if (value._zod)
          check2(value);
        else if (Array.isArray(value))
          for (const el of value)
            check2(el);
      }
    }
  }
  stack.delete(inst);
  return settle(inst, result);
}
function settle(inst, answer2) {
  if (answer2 !== ASSUMED)
    recursive.set(inst, answer2 === PROVEN);
  return answer2;
}
function bucketFor(state, inst) {
  let bucket2 = state.buckets.get(inst);
  if (!bucket2) {
    bucket2 = /* @__PURE__ */ new WeakMap();
    state.buckets.set(inst, bucket2);
  }
  return bucket2;
}
var handoff;
var open = [];
var memo = {
  alloc(_inst, payload, empty) {
    const bucket2 = handoff;
    if (!bucket2)
      return empty;
    handoff = void 0;
    const entry = { value: empty, issues: null };
    bucket2.set(payload.value, entry);
    open.push(entry);
    return empty;
  },
  guard(inst) {
    var _a3;
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred.push(() => {
      const base = inst._zod.parse;
      const wrapped = (payload, ctx) => {
        if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value))
          throw new $ZodCyclicError();
        return base(payload, ctx);
      };
      inst._zod.parse = wrapped;
      if (inst._zod.run === base)
        inst._zod.run = wrapped;
    });
  },
  attach(inst) {
    var _a3;
    let isRecursiveInst;
    let rechecked = false;
    let lastCtx;
    let lastBucket;
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred.push(() => {
      const base = inst._zod.parse;
      const wrapped = (payload, ctx) => {
        if (isRecursiveInst === void 0) {
          const walked = isRecursive(inst, /* @__PURE__ */ new Set(), false);
          if (walked === NONE2) {
            inst._zod.parse = base;
            if (inst._zod.run === wrapped)
              inst._zod.run = base;
            return base(payload, ctx);
          }
          if (walked === PROVEN || rechecked)
            isRecursiveInst = true;
          else
            rechecked = true;
        }
        const input = payload.value;
        if (!isRef(input))
          return base(payload, ctx);
        let state = ctx[STATE];
        if (!state) {
          state = { buckets: /* @__PURE__ */ new WeakMap(), backEdges: void 0 };
          ctx[STATE] = state;
        }
        let bucket2;
        if (lastCtx === ctx) {
          bucket2 = lastBucket;
        } else {
          bucket2 = bucketFor(state, inst);
          lastCtx = ctx;
          lastBucket = bucket2;
        }
        const hit = bucket2.get(input);
        if (hit) {
          payload.value = hit.value;
          if (hit.issues) {
            if (hit.issues.length)
              payload.issues.push(...cloneIssues(hit.issues));
          } else {
            payload.memo = true;
            state.backEdges ?? (state.backEdges = /* @__PURE__ */ new WeakSet());
            state.backEdges.add(hit.value);
          }
          return payload;
        }
        handoff = bucket2;
        const depth = open.length;
        const result = base(payload, ctx);
        handoff = void 0;
        const entry = open.length > depth ? open.pop() : void 0;
        if (result instanceof Promise) {
          return result.then((r) => {
            if (entry)
              entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
            return r;
          });
        }
        if (entry)
          entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
        return result;
      };
      inst._zod.parse = wrapped;
      if (inst._zod.run === base)
        inst._zod.run = wrapped;
    });
  }
};
function memoizer() {
  return memo;
}
function isBackEdge(ctx, value) {
  const backEdges = ctx[STATE]?.backEdges;
  return backEdges !== void 0 && isRef(value) && backEdges.has(value);
}

// node_modules/zod/v4/locales/en.js
var error = () => {
  const Sizable = {
    string: { unit: "characters", verb: "to have" },
    file: { unit: "bytes", verb: "to have" },
    array: { unit: "items", verb: "to have" },
    set: { unit: "items", verb: "to have" },
    map: { unit: "entries", verb: "to have" }
  };
  function getSizing(origin) {
    return Sizable[origin] ?? null;
  }
  const FormatDictionary = {
    regex: "input",
    email: "email address",
    url: "URL",
    emoji: "emoji",
    uuid: "UUID",
    uuidv4: "UUIDv4",
    uuidv6: "UUIDv6",
    nanoid: "nanoid",
    guid: "GUID",
    cuid: "cuid",
    cuid2: "cuid2",
    ulid: "ULID",
    xid: "XID",
    ksuid: "KSUID",
    datetime: "ISO datetime",
    date: "ISO date",
    time: "ISO time",
    duration: "ISO duration",
    ipv4: "IPv4 address",
    ipv6: "IPv6 address",
    mac: "MAC address",
    cidrv4: "IPv4 range",
    cidrv6: "IPv6 range",
    base64: "base64-encoded string",
    base64url: "base64url-encoded string",
    json_string: "JSON string",
    e164: "E.164 number",
    currency_code: "currency code",
    credit_card: "credit card number",
    iban: "IBAN",
    jwt: "JWT",
    template_literal: "input"
  };
  const TypeDictionary = {
    // Compatibility: "nan" -> "NaN" for display
    nan: "NaN"
    // All other type names omitted - they fall back to raw values via ?? operator
  };
  function getTypeName(type, input) {
    if (type === "number" && typeof input === "number" && !Number.isFinite(input)) {
      return String(input);
    }
    return TypeDictionary[type] ?? type;
  }
  return (issue2) => {
    switch (issue2.code) {
      case "invalid_type": {
        const expected = getTypeName(issue2.expected);
        const receivedType = parsedType(issue2.input);
        const received = getTypeName(receivedType, issue2.input);
        return `Invalid input: expected ${expected}, received ${received}`;
      }
      case "invalid_value":
        if (issue2.values.length === 1)
          return `Invalid input: expected ${stringifyPrimitive(issue2.values[0])}`;
        return `Invalid option: expected one of ${joinValues(issue2.values, "|")}`;
      case "too_big": {
        const adj = issue2.exact ? "exactly " : issue2.inclusive ? "<=" : "<";
        const sizing = getSizing(issue2.origin);
        if (sizing)
          return `Too big: expected ${issue2.origin ?? "value"} to have ${adj}${issue2.maximum.toString()} ${sizing.unit ?? "elements"}`;
        return `Too big: expected ${issue2.origin ?? "value"} to be ${adj}${issue2.maximum.toString()}`;
      }
      case "too_small": {
        const adj = issue2.exact ? "exactly " : issue2.inclusive ? ">=" : ">";
        const sizing = getSizing(issue2.origin);
        if (sizing) {
          return `Too small: expected ${issue2.origin} to have ${adj}${issue2.minimum.toString()} ${sizing.unit}`;
        }
        return `Too small: expected ${issue2.origin} to be ${adj}${issue2.minimum.toString()}`;
      }
      case "invalid_format": {
        const _issue = issue2;
        if (_issue.format === "starts_with") {
          return `Invalid string: must start with "${_issue.prefix}"`;
        }
        if (_issue.format === "ends_with")
          return `Invalid string: must end with "${_issue.suffix}"`;
        if (_issue.format === "includes")
          return `Invalid string: must include "${_issue.includes}"`;
        if (_issue.format === "regex")
          return `Invalid string: must match pattern ${_issue.pattern}`;
        return `Invalid ${FormatDictionary[_issue.format] ?? issue2.format}`;
      }
      case "not_multiple_of":
        return `Invalid number: must be a multiple of ${issue2.divisor}`;
      case "unrecognized_keys":
        return `Unrecognized key${issue2.keys.length > 1 ? "s" : ""}: ${joinValues(issue2.keys, ", ")}`;
      case "invalid_key":
        return `Invalid key in ${issue2.origin}`;
      case "invalid_union":
        if (issue2.options && Array.isArray(issue2.options) && issue2.options.length > 0) {
          const opts = issue2.options.map((o) => `'${o}'`).join(" | ");
          return `Invalid discriminator value. Expected ${opts}`;
        }
        if (issue2.inclusive === false) {
          return "Invalid input: more than one option matched";
        }
        return "Invalid input";
      case "invalid_element":
        return `Invalid value in ${issue2.origin}`;
      default:
        return `Invalid input`;
    }
  };
};
function en_default() {
  return {
    localeError: error()
  };
}

// node_modules/zod/v4/core/registries.js
var _a2;
var $ZodRegistry = class {
  constructor() {
    this._map = /* @__PURE__ */ new WeakMap();
    this._idmap = /* @__PURE__ */ new Map();
  }
  add(schema, ..._meta) {
    const meta2 = _meta[0];
    this._map.set(schema, meta2);
    if (meta2 && typeof meta2 === "object" && "id" in meta2) {
      this._idmap.set(meta2.id, schema);
    }
    return this;
  }
  clear() {
    this._map = /* @__PURE__ */ new WeakMap();
    this._idmap = /* @__PURE__ */ new Map();
    return this;
  }
  remove(schema) {
    const meta2 = this._map.get(schema);
    if (meta2 && typeof meta2 === "object" && "id" in meta2) {
      this._idmap.delete(meta2.id);
    }
    this._map.delete(schema);
    return this;
  }
  get(schema) {
    const p = schema._zod.parent;
    if (p) {
      const pm = { ...this.get(p) ?? {} };
      delete pm.id;
      const f = { ...pm, ...this._map.get(schema) };
      return Object.keys(f).length ? f : void 0;
    }
    return this._map.get(schema);
  }
  has(schema) {
    return this._map.has(schema);
  }
};
function registry() {
  return new $ZodRegistry();
}
(_a2 = globalThis).__zod_globalRegistry ?? (_a2.__zod_globalRegistry = registry());
var globalRegistry = globalThis.__zod_globalRegistry;

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
  if (def.checks)
    def.checks = [...def.checks];
  return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class2, params) {
  return new Class2(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _email(Class2, params) {
  return new Class2({
    type: "string",
    format: "email",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _guid(Class2, params) {
  return new Class2({
    type: "string",
    format: "guid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v4",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v6",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv7(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v7",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _url(Class2, params) {
  return new Class2({
    type: "string",
    format: "url",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _emoji2(Class2, params) {
  return new Class2({
    type: "string",
    format: "emoji",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _nanoid(Class2, params) {
  return new Class2({
    type: "string",
    format: "nanoid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "cuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cuid2(Class2, params) {
  return new Class2({
    type: "string",
    format: "cuid2",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ulid(Class2, params) {
  return new Class2({
    type: "string",
    format: "ulid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _xid(Class2, params) {
  return new Class2({
    type: "string",
    format: "xid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ksuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "ksuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ipv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "ipv4",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ipv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "ipv6",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cidrv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "cidrv4",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cidrv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "cidrv6",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _base64(Class2, params) {
  return new Class2({
    type: "string",
    format: "base64",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _base64url(Class2, params) {
  return new Class2({
    type: "string",
    format: "base64url",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _e164(Class2, params) {
  return new Class2({
    type: "string",
    format: "e164",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _jwt(Class2, params) {
  return new Class2({
    type: "string",
    format: "jwt",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class2, params) {
  return new Class2({
    type: "string",
    format: "datetime",
    check: "string_format",
    offset: false,
    local: false,
    precision: null,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class2, params) {
  return new Class2({
    type: "string",
    format: "date",
    check: "string_format",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoTime(Class2, params) {
  return new Class2({
    type: "string",
    format: "time",
    check: "string_format",
    precision: null,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDuration(Class2, params) {
  return new Class2({
    type: "string",
    format: "duration",
    check: "string_format",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _number(Class2, params) {
  return new Class2(snapshotChecks({ type: "number", checks: [], ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _int(Class2, params) {
  return new Class2({
    type: "number",
    check: "number_format",
    abort: false,
    format: "safeint",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class2, params) {
  return new Class2({
    type: "boolean",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _null2(Class2, params) {
  return new Class2({
    type: "null",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class2) {
  return new Class2({
    type: "unknown"
  });
}
// @__NO_SIDE_EFFECTS__
function _never(Class2, params) {
  return new Class2({
    type: "never",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _lt(value, params) {
  return new $ZodCheckLessThan({
    check: "less_than",
    ...normalizeParams(params),
    value,
    inclusive: false
  });
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
  return new $ZodCheckLessThan({
    check: "less_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: false
  });
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _multipleOf(value, params) {
  return new $ZodCheckMultipleOf({
    check: "multiple_of",
    ...normalizeParams(params),
    value
  });
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
  const ch = new $ZodCheckMaxLength({
    check: "max_length",
    ...normalizeParams(params),
    maximum
  });
  return ch;
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
  return new $ZodCheckMinLength({
    check: "min_length",
    ...normalizeParams(params),
    minimum
  });
}
// @__NO_SIDE_EFFECTS__
function _length(length, params) {
  return new $ZodCheckLengthEquals({
    check: "length_equals",
    ...normalizeParams(params),
    length
  });
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern2, params) {
  return new $ZodCheckRegex({
    check: "string_format",
    format: "regex",
    ...normalizeParams(params),
    pattern: pattern2
  });
}
// @__NO_SIDE_EFFECTS__
function _lowercase(params) {
  return new $ZodCheckLowerCase({
    check: "string_format",
    format: "lowercase",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uppercase(params) {
  return new $ZodCheckUpperCase({
    check: "string_format",
    format: "uppercase",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _includes(includes, params) {
  return new $ZodCheckIncludes({
    check: "string_format",
    format: "includes",
    ...normalizeParams(params),
    includes
  });
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix, params) {
  return new $ZodCheckStartsWith({
    check: "string_format",
    format: "starts_with",
    ...normalizeParams(params),
    prefix
  });
}
// @__NO_SIDE_EFFECTS__
function _endsWith(suffix, params) {
  return new $ZodCheckEndsWith({
    check: "string_format",
    format: "ends_with",
    ...normalizeParams(params),
    suffix
  });
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
  return new $ZodCheckOverwrite({
    check: "overwrite",
    tx
  });
}
// @__NO_SIDE_EFFECTS__
function _normalize(form) {
  return /* @__PURE__ */ _overwrite((input) => input.normalize(form));
}
// @__NO_SIDE_EFFECTS__
function _trim() {
  return /* @__PURE__ */ _overwrite((input) => input.trim());
}
// @__NO_SIDE_EFFECTS__
function _toLowerCase() {
  return /* @__PURE__ */ _overwrite((input) => input.toLowerCase());
}
// @__NO_SIDE_EFFECTS__
function _toUpperCase() {
  return /* @__PURE__ */ _overwrite((input) => input.toUpperCase());
}
// @__NO_SIDE_EFFECTS__
function _slugify() {
  return /* @__PURE__ */ _overwrite((input) => slugify(input));
}
// @__NO_SIDE_EFFECTS__
function _array(Class2, element, params) {
  return new Class2({
    type: "array",
    element,
    // get element() {
    //   return element;
    // },
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _refine(Class2, fn, _params) {
  const schema = new Class2({
    type: "custom",
    check: "custom",
    fn,
    ...normalizeParams(_params)
  });
  return schema;
}
// @__NO_SIDE_EFFECTS__
function _superRefine(fn, params) {
  const ch = /* @__PURE__ */ _check((payload) => {
    payload.addIssue = (issue2) => {
      if (typeof issue2 === "string") {
        payload.issues.push(issue(issue2, payload.value, ch._zod.def));
      } else {
        const _issue = issue2;
        if (_issue.fatal)
          _issue.continue = false;
        _issue.code ?? (_issue.code = "custom");
        if (!("input" in _issue))
          _issue.input = payload.value;
        _issue.inst ?? (_issue.inst = ch);
        _issue.continue ?? (_issue.continue = !ch._zod.def.abort);
        payload.issues.push(issue(_issue));
      }
    };
    return fn(payload.value, payload);
  }, params);
  return ch;
}
// @__NO_SIDE_EFFECTS__
function _check(fn, params) {
  const ch = new $ZodCheck({
    check: "custom",
    ...normalizeParams(params)
  });
  ch._zod.check = fn;
  return ch;
}

// node_modules/zod/v4/core/to-json-schema.js
function assignProps(target, ...sources) {
  for (const source of sources) {
    for (const key of Reflect.ownKeys(source)) {
      if (Object.prototype.propertyIsEnumerable.call(source, key)) {
        assignProp(target, key, source[key]);
      }
    }
  }
  return target;
}
function initializeContext(params) {
  let target = params?.target ?? "draft-2020-12";
  if (target === "draft-4")
    target = "draft-04";
  if (target === "draft-7")
    target = "draft-07";
  return {
    processors: params.processors ?? {},
    metadataRegistry: params?.metadata ?? globalRegistry,
    target,
    unrepresentable: params?.unrepresentable ?? "throw",
    override: params?.override ?? (() => {
    }),
    io: params?.io ?? "output",
    counter: 0,
    seen: /* @__PURE__ */ new Map(),
    sharedDefsExtractedFor: void 0,
    sharedEmitDoneFor: void 0,
    cycles: params?.cycles ?? "ref",
    reused: params?.reused ?? "inline",
    intersections: [],
    deferred: [],
    external: params?.external ?? void 0
  };
}
function handleUnrepresentable(schema, ctx, json3, params, message2) {
  const result = typeof ctx.unrepresentable === "function" ? ctx.unrepresentable({ zodSchema: schema, path: params.path, message: message2 }) : ctx.unrepresentable;
  if (result === "any")
    return false;
  if (result === void 0 || result === "throw")
    throw new Error(message2);
  Object.assign(json3, result);
  return true;
}
function processSchema(schema, ctx, _params = { path: [], schemaPath: [] }) {
  var _a3;
  const def = schema._zod.def;
  const seen = ctx.seen.get(schema);
  if (seen) {
    seen.count++;
    const isCycle = _params.schemaPath.includes(schema);
    if (isCycle) {
      seen.cycle = _params.path;
    }
    return seen.schema;
  }
  const result = { schema: {}, count: 1, cycle: void 0, path: _params.path };
  ctx.seen.set(schema, result);
  ctx.sharedDefsExtractedFor = void 0;
  ctx.sharedEmitDoneFor = void 0;
  const overrideSchema = schema._zod.toJSONSchema?.();
  if (overrideSchema) {
    result.schema = overrideSchema;
  } else {
    const params = {
      ..._params,
      schemaPath: [..._params.schemaPath, schema],
      path: _params.path
    };
    if (schema._zod.processJSONSchema) {
      schema._zod.processJSONSchema(ctx, result.schema, params);
    } else {
      const _json = result.schema;
      const processor = ctx.processors[def.type];
      if (!processor) {
        throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
      }
      processor(schema, ctx, _json, params);
    }
    const parent = schema._zod.parent;
    if (parent) {
      if (!result.ref)
        result.ref = parent;
      processSchema(parent, ctx, params);
      ctx.seen.get(parent).isParent = true;
    }
  }
  const meta2 = ctx.metadataRegistry.get(schema);
  if (meta2)
    assignProps(result.schema, meta2);
  if (ctx.io === "input" && isTransforming(schema)) {
    delete result.schema.examples;
    delete result.schema.default;
  }
  if (ctx.io === "input" && "_prefault" in result.schema)
    (_a3 = result.schema).default ?? (_a3.default = result.schema._prefault);
  delete result.schema._prefault;
  const _result = ctx.seen.get(schema);
  return _result.schema;
}
function encodeJSONPointerSegment(segment) {
  return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema) {
  const root = ctx.seen.get(schema);
  if (!root)
    throw new Error("Unprocessed schema. This is a bug in Zod.");
  if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external)
    return;
  const idToSchema = /* @__PURE__ */ new Map();
  for (const entry of ctx.seen.entries()) {
    const id4 = ctx.metadataRegistry.get(entry[0])?.id;
    if (id4) {
      const existing = idToSchema.get(id4);
      if (existing && existing !== entry[0]) {
        throw new Error(`Duplicate schema id "${id4}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
      }
      idToSchema.set(id4, entry[0]);
    }
  }
  const makeURI = (entry) => {
    const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
    if (ctx.external) {
      const externalId = ctx.external.registry.get(entry[0])?.id;
      const uriGenerator = ctx.external.uri ?? ((id5) => id5);
      if (externalId) {
        return { ref: uriGenerator(externalId) };
      }
      const id4 = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
      entry[1].defId = id4;
      return { defId: id4, ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id4)}` };
    }
    const uriPrefix = `#`;
    const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
    if (entry[1] === root && !entry[1].schema.id) {
      return { ref: uriPrefix };
    }
    const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
    return { defId, ref: defUriPrefix + encodeJSONPointerSegment(defId) };
  };
  const extractToDef = (entry) => {
    if (entry[1].schema.$ref) {
      return;
    }
    const seen = entry[1];
    const { ref, defId } = makeURI(entry);
    seen.def = { ...seen.schema };
    if (defId)
      seen.defId = defId;
    const schema2 = seen.schema;
    for (const key in schema2) {
      delete schema2[key];
    }
    schema2.$ref = ref;
  };
  if (ctx.cycles === "throw") {
    for (const entry of ctx.seen.entries()) {
      const seen = entry[1];
      if (seen.cycle) {
        throw new Error(`Cycle detected: #/${seen.cycle?.join("/")}/<root>

Set the \`cycles\` parameter to \`"ref"\` to resolve cyclical schemas with defs.`);
      }
    }
  }
  for (const entry of ctx.seen.entries()) {
    const seen = entry[1];
    if (schema === entry[0]) {
      extractToDef(entry);
      continue;
    }
    if (ctx.external) {
      const ext = ctx.external.registry.get(entry[0])?.id;
      if (schema !== entry[0] && ext) {
        extractToDef(entry);
        continue;
      }
    }
    const id4 = ctx.metadataRegistry.get(entry[0])?.id;
    if (id4) {
      extractToDef(entry);
      continue;
    }
    if (seen.cycle) {
      extractToDef(entry);
      continue;
    }
    if (seen.count > 1) {
      if (ctx.reused === "ref") {
        extractToDef(entry);
      }
    }
  }
  if (ctx.external)
    ctx.sharedDefsExtractedFor = ctx.external;
}
function compactTypeUnion(schema) {
  const options = schema.anyOf;
  if (!Array.isArray(options) || options.length === 0 || schema.type !== void 0)
    return;
  const types = [];
  for (const option of options) {
    if (!option || typeof option !== "object")
      return;
    compactTypeUnion(option);
    const keys = Object.keys(option);
    if (keys.length !== 1 || keys[0] !== "type")
      return;
    const type = option.type;
    for (const member of Array.isArray(type) ? type : [type]) {
      if (typeof member !== "string")
        return;
      if (!types.includes(member))
        types.push(member);
    }
  }
  delete schema.anyOf;
  schema.type = types.length === 1 ? types[0] : types;
}
var FOLDABLE_KEYS = /* @__PURE__ */ new Set(["type", "properties", "required", "additionalProperties"]);
var UNION_KEYS = ["oneOf", "anyOf"];
function undeclaredConstraint(member) {
  const extra = member.additionalProperties;
  if (extra === void 0 || extra === false || typeof extra !== "object" || extra === null)
    return null;
  return Object.keys(extra).length ? extra : null;
}
function foldObjects(members2) {
  const objects = [];
  for (const member of members2) {
    if (typeof member !== "object" || member.type !== "object")
      return null;
    for (const key in member) {
      if (!FOLDABLE_KEYS.has(key))
        return null;
    }
    objects.push(member);
  }
  const properties = {};
  const required2 = /* @__PURE__ */ new Set();
  for (const object of objects) {
    for (const key in object.properties) {
      if (Object.prototype.hasOwnProperty.call(properties, key))
        continue;
      const parts = [];
      for (const other of objects) {
        const part2 = other.properties?.[key] ?? undeclaredConstraint(other);
        if (part2 === null || part2 === void 0)
          continue;
        if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part2)))
          parts.push(part2);
      }
      const merged = parts.length === 1 ? parts[0] : foldObjects(parts) ?? { allOf: parts };
      assignProp(properties, key, merged);
    }
    for (const key of object.required ?? [])
      required2.add(key);
  }
  const folded2 = { type: "object", properties };
  if (required2.size)
    folded2.required = [...required2];
  if (objects.every((object) => object.additionalProperties === false)) {
    folded2.additionalProperties = false;
  } else {
    const constraints = [];
    for (const object of objects) {
      const constraint = undeclaredConstraint(object);
      if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint)))
        constraints.push(constraint);
    }
    if (constraints.length === 1)
      folded2.additionalProperties = constraints[0];
    else if (constraints.length > 1)
      folded2.additionalProperties = { allOf: constraints };
  }
  return folded2;
}
function foldIntersection(json3) {
  const allOf = json3.allOf;
  if (!Array.isArray(allOf) || allOf.length < 2)
    return;
  for (const key of FOLDABLE_KEYS)
    if (key in json3)
      return;
  const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
  let folded2 = null;
  if (!unions.length) {
    folded2 = foldObjects(allOf);
  } else {
    const union2 = unions[0];
    const keyword = UNION_KEYS.find((k) => Array.isArray(union2[k]));
    if (Object.keys(union2).length !== 1)
      return;
    const rest = allOf.filter((m) => m !== union2);
    const branches = union2[keyword].map((branch) => foldObjects([...rest, branch]));
    if (branches.some((b) => !b))
      return;
    folded2 = { [keyword]: branches };
  }
  if (!folded2)
    return;
  delete json3.allOf;
  assignProps(json3, folded2);
}
function finalize(ctx, schema) {
  const root = ctx.seen.get(schema);
  if (!root)
    throw new Error("Unprocessed schema. This is a bug in Zod.");
  const flattenRef = (zodSchema) => {
    const seen = ctx.seen.get(zodSchema);
    if (seen.ref === null)
      return;
    const schema2 = seen.def ?? seen.schema;
    const _cached = { ...schema2 };
    const ref = seen.ref;
    seen.ref = null;
    if (ref) {
      flattenRef(ref);
      const refSeen = ctx.seen.get(ref);
      const refSchema = refSeen.schema;
      if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
        schema2.allOf = schema2.allOf ?? [];
        schema2.allOf.push(refSchema);
      } else {
        assignProps(schema2, refSchema);
      }
      assignProps(schema2, _cached);
      const isParentRef = zodSchema._zod.parent === ref;
      if (isParentRef) {
        for (const key in schema2) {
          if (key === "$ref" || key === "allOf")
            continue;
          if (!(key in _cached)) {
            delete schema2[key];
          }
        }
      }
      if (refSchema.$ref && refSeen.def) {
        for (const key in schema2) {
          if (key === "$ref" || key === "allOf")
            continue;
          if (key in refSeen.def && JSON.stringify(schema2[key]) === JSON.stringify(refSeen.def[key])) {
            delete schema2[key];
          }
        }
      }
    }
    const parent = zodSchema._zod.parent;
    if (parent && parent !== ref) {
      flattenRef(parent);
      const parentSeen = ctx.seen.get(parent);
      if (parentSeen?.schema.$ref) {
        schema2.$ref = parentSeen.schema.$ref;
        if (parentSeen.def) {
          for (const key in schema2) {
            if (key === "$ref" || key === "allOf")
              continue;
            if (key in parentSeen.def && JSON.stringify(schema2[key]) === JSON.stringify(parentSeen.def[key])) {
              delete schema2[key];
            }
          }
        }
      }
    }
    ctx.override({
      zodSchema,
      jsonSchema: schema2,
      path: seen.path ?? []
    });
  };
  if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
    for (const entry of [...ctx.seen.entries()].reverse()) {
      flattenRef(entry[0]);
    }
    if (ctx.target !== "openapi-3.0") {
      for (const entry of ctx.seen.entries()) {
        compactTypeUnion(entry[1].def ?? entry[1].schema);
      }
    }
    for (const rewrite of ctx.deferred)
      rewrite();
    if (ctx.intersections.length) {
      const carriers = /* @__PURE__ */ new Map();
      for (const seen of ctx.seen.values()) {
        for (const json3 of [seen.schema, seen.def]) {
          const allOf = json3?.allOf;
          if (!Array.isArray(allOf))
            continue;
          const existing = carriers.get(allOf);
          if (existing)
            existing.push(json3);
          else
            carriers.set(allOf, [json3]);
        }
      }
      for (const allOf of ctx.intersections) {
        for (const json3 of carriers.get(allOf) ?? [])
          foldIntersection(json3);
      }
    }
  }
  const result = {};
  if (ctx.target === "draft-2020-12") {
    result.$schema = "https://json-schema.org/draft/2020-12/schema";
  } else if (ctx.target === "draft-07") {
    result.$schema = "http://json-schema.org/draft-07/schema#";
  } else if (ctx.target === "draft-04") {
    result.$schema = "http://json-schema.org/draft-04/schema#";
  } else if (ctx.target === "openapi-3.0") {
  } else {
  }
  if (ctx.external?.uri) {
    const id4 = ctx.external.registry.get(schema)?.id;
    if (!id4)
      throw new Error("Schema is missing an `id` property");
    result.$id = ctx.external.uri(id4);
  }
  assignProps(result, root.defId ? root.schema : root.def ?? root.schema);
  const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
  if (rootMetaId !== void 0 && result.id === rootMetaId)
    delete result.id;
  const defs = ctx.external?.defs ?? {};
  if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
    for (const entry of ctx.seen.entries()) {
      const seen = entry[1];
      if (seen.def && seen.defId) {
        if (seen.def.id === seen.defId)
          delete seen.def.id;
        assignProp(defs, seen.defId, seen.def);
      }
    }
  }
  if (ctx.external)
    ctx.sharedEmitDoneFor = ctx.external;
  if (ctx.external) {
  } else {
    if (Object.keys(defs).length > 0) {
      if (ctx.target === "draft-2020-12") {
        result.$defs = defs;
      } else {
        result.definitions = defs;
      }
    }
  }
  try {
    const finalized = JSON.parse(JSON.stringify(result));
    Object.defineProperty(finalized, "~standard", {
      value: {
        ...schema["~standard"],
        jsonSchema: {
          input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
          output: createStandardJSONSchemaMethod(schema, "output", ctx.processors)
        }
      },
      enumerable: false,
      writable: false
    });
    return finalized;
  } catch (_err) {
    throw new Error("Error converting schema to JSON.");
  }
}
function isTransforming(_schema, _ctx) {
  const ctx = _ctx ?? { seen: /* @__PURE__ */ new Set() };
  if (ctx.seen.has(_schema))
    return false;
  ctx.seen.add(_schema);
  const def = _schema._zod.def;
  if (def.type === "transform")
    return true;
  if (def.type === "array")
    return isTransforming(def.element, ctx);
  if (def.type === "set")
    return isTransforming(def.valueType, ctx);
  if (def.type === "lazy")
    return isTransforming(def.getter(), ctx);
  if (def.type === "promise" || def.type === "optional" || def.type === "nonoptional" || def.type === "nullable" || def.type === "readonly" || def.type === "default" || def.type === "prefault" || def.type === "catch") {
    return isTransforming(def.innerType, ctx);
  }
  if (def.type === "intersection") {
    return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
  }
  if (def.type === "record" || def.type === "map") {
    return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
  }
  if (def.type === "pipe") {
    if (_schema._zod.traits.has("$ZodCodec"))
      return true;
    return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
  }
  if (def.type === "object") {
    for (const key in def.shape) {
      if (isTransforming(def.shape[key], ctx))
        return true;
    }
    return false;
  }
  if (def.type === "union") {
    for (const option of def.options) {
      if (isTransforming(option, ctx))
        return true;
    }
    return false;
  }
  if (def.type === "tuple") {
    for (const item of def.items) {
      if (isTransforming(item, ctx))
        return true;
    }
    if (def.rest && isTransforming(def.rest, ctx))
      return true;
    return false;
  }
  return false;
}
var createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
  const ctx = initializeContext({ ...params, processors });
  processSchema(schema, ctx);
  extractDefs(ctx, schema);
  return finalize(ctx, schema);
};
var createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
  const { libraryOptions, target } = params ?? {};
  const ctx = initializeContext({ ...libraryOptions ?? {}, target, io, processors });
  processSchema(schema, ctx);
  extractDefs(ctx, schema);
  return finalize(ctx, schema);
};

// node_modules/zod/v4/core/json-schema-processors.js
var narrowMin = (agg, key, value) => {
  if (agg[key] === void 0 || value > agg[key])
    agg[key] = value;
};
var narrowMax = (agg, key, value) => {
  if (agg[key] === void 0 || value < agg[key])
    agg[key] = value;
};
var narrowBoth = (agg, value) => {
  narrowMin(agg, "minimum", value);
  narrowMax(agg, "maximum", value);
};
var addDivisor = (agg, value) => {
  agg.multipleOf ?? (agg.multipleOf = []);
  if (!agg.multipleOf.includes(value))
    agg.multipleOf.push(value);
};
var addPattern = (agg, pattern2) => {
  agg.patterns ?? (agg.patterns = /* @__PURE__ */ new Set());
  agg.patterns.add(pattern2);
};
var intersectMime = (agg, mime) => {
  agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
var setFormat = (agg, format) => {
  agg.format = format;
  if (format.includes("int"))
    agg.isInt = true;
};
var minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
var maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
var formatContributor = (ranges) => (agg, def) => {
  setFormat(agg, def.format);
  const [minimum, maximum] = ranges[def.format];
  narrowMin(agg, "minimum", minimum);
  narrowMax(agg, "maximum", maximum);
};
var contributors = {
  greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
  less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
  multiple_of: (agg, def) => addDivisor(agg, def.value),
  number_format: formatContributor(NUMBER_FORMAT_RANGES),
  bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
  min_length: minContributor,
  max_length: maxContributor,
  length_equals: (agg, def) => narrowBoth(agg, def.length),
  min_size: minContributor,
  max_size: maxContributor,
  size_equals: (agg, def) => narrowBoth(agg, def.size),
  string_format: (agg, def) => {
    setFormat(agg, def.format);
    if (def.pattern)
      addPattern(agg, def.pattern);
    if (def.format === "base64" || def.format === "base64url")
      agg.contentEncoding = def.format;
    if (def.local || def.precision === -1)
      agg.laxFormat = true;
  },
  mime_type: (agg, def) => intersectMime(agg, def.mime)
};
function aggregateChecks(schema) {
  const agg = {};
  const def = schema._zod.def;
  const list4 = schema._zod.traits.has("$ZodCheck") ? [schema, ...def.checks ?? []] : def.checks ?? [];
  for (const ch of list4)
    contributors[ch._zod.def.check]?.(agg, ch._zod.def);
  const bag = schema._zod.bag;
  if (bag.minimum !== void 0)
    narrowMin(agg, "minimum", bag.minimum);
  if (bag.exclusiveMinimum !== void 0)
    narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
  if (bag.maximum !== void 0)
    narrowMax(agg, "maximum", bag.maximum);
  if (bag.exclusiveMaximum !== void 0)
    narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
  if (bag.multipleOf !== void 0)
    addDivisor(agg, bag.multipleOf);
  if (bag.format !== void 0) {
    agg.format ?? (agg.format = bag.format);
    if (bag.format.includes("int"))
      agg.isInt = true;
  }
  if (bag.mime)
    intersectMime(agg, bag.mime);
  for (const pattern2 of bag.patterns ?? [])
    addPattern(agg, pattern2);
  return agg;
}
var formatMap = {
  guid: "uuid",
  url: "uri",
  datetime: "date-time",
  json_string: "json-string",
  regex: ""
  // do not set
};
var exactPatterns = /* @__PURE__ */ new Map([
  [base64Charset, base64],
  [base64urlCharset, base64url]
]);
var exactPattern = (p) => exactPatterns.get(p) ?? p;
var stringProcessor = (schema, ctx, _json, _params) => {
  const json3 = _json;
  json3.type = "string";
  const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
  if (typeof minimum === "number")
    json3.minLength = minimum;
  if (typeof maximum === "number")
    json3.maxLength = maximum;
  if (format) {
    json3.format = formatMap[format] ?? format;
    if (json3.format === "")
      delete json3.format;
    if (format === "time" || laxFormat) {
      delete json3.format;
    }
  }
  if (contentEncoding)
    json3.contentEncoding = contentEncoding;
  if (patterns && patterns.size > 0) {
    const patternList = [...patterns].map(exactPattern);
    if (patternList.length === 1)
      json3.pattern = patternList[0].source;
    else if (patternList.length > 1) {
      json3.allOf = [
        ...patternList.map((regex) => ({
          ...ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0" ? { type: "string" } : {},
          pattern: regex.source
        }))
      ];
    }
  }
};
var numberProcessor = (schema, ctx, _json, params) => {
  const json3 = _json;
  const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
  json3.type = isInt ? "integer" : "number";
  const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
  const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
  const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
  if (exMin) {
    if (legacy) {
      json3.minimum = exclusiveMinimum;
      json3.exclusiveMinimum = true;
    } else {
      json3.exclusiveMinimum = exclusiveMinimum;
    }
  } else if (typeof minimum === "number") {
    json3.minimum = minimum;
  }
  if (exMax) {
    if (legacy) {
      json3.maximum = exclusiveMaximum;
      json3.exclusiveMaximum = true;
    } else {
      json3.exclusiveMaximum = exclusiveMaximum;
    }
  } else if (typeof maximum === "number") {
    json3.maximum = maximum;
  }
  if (multipleOf) {
    const divisors = /* @__PURE__ */ new Set();
    for (const divisor of multipleOf) {
      if (Number.isFinite(divisor) && divisor !== 0)
        divisors.add(Math.abs(divisor));
      else
        handleUnrepresentable(schema, ctx, json3, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
    }
    const [first, ...rest] = divisors;
    if (first !== void 0)
      json3.multipleOf = first;
    if (rest.length)
      json3.allOf = [...json3.allOf ?? [], ...rest.map((m) => ({ multipleOf: m }))];
  }
};
var booleanProcessor = (_schema, _ctx, json3, _params) => {
  json3.type = "boolean";
};
var bigintProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "BigInt cannot be represented in JSON Schema");
};
var symbolProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "Symbols cannot be represented in JSON Schema");
};
var nullProcessor = (_schema, ctx, json3, _params) => {
  if (ctx.target === "openapi-3.0") {
    json3.type = "string";
    json3.nullable = true;
    json3.enum = [null];
  } else {
    json3.type = "null";
  }
};
var undefinedProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "Undefined cannot be represented in JSON Schema");
};
var voidProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "Void cannot be represented in JSON Schema");
};
var neverProcessor = (_schema, _ctx, json3, _params) => {
  json3.not = {};
};
var anyProcessor = (_schema, _ctx, _json, _params) => {
};
var unknownProcessor = (_schema, _ctx, _json, _params) => {
};
var dateProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "Date cannot be represented in JSON Schema");
};
var enumProcessor = (schema, _ctx, json3, _params) => {
  const def = schema._zod.def;
  const values = getEnumValues(def.entries);
  if (values.length === 0) {
    json3.not = {};
    return;
  }
  if (values.every((v) => typeof v === "number"))
    json3.type = "number";
  if (values.every((v) => typeof v === "string"))
    json3.type = "string";
  json3.enum = values;
};
var literalProcessor = (schema, ctx, json3, params) => {
  const def = schema._zod.def;
  if (def.values.length === 0) {
    json3.not = {};
    return;
  }
  const vals = [];
  for (const val of def.values) {
    if (val === void 0) {
      if (handleUnrepresentable(schema, ctx, json3, params, "Literal `undefined` cannot be represented in JSON Schema"))
        return;
    } else if (typeof val === "bigint") {
      if (handleUnrepresentable(schema, ctx, json3, params, "BigInt literals cannot be represented in JSON Schema"))
        return;
      vals.push(Number(val));
    } else {
      vals.push(val);
    }
  }
  if (vals.length === 0) {
  } else if (vals.length === 1) {
    const val = vals[0];
    json3.type = val === null ? "null" : typeof val;
    if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") {
      json3.enum = [val];
    } else {
      json3.const = val;
    }
  } else {
    if (vals.every((v) => typeof v === "number"))
      json3.type = "number";
    if (vals.every((v) => typeof v === "string"))
      json3.type = "string";
    if (vals.every((v) => typeof v === "boolean"))
      json3.type = "boolean";
    if (vals.every((v) => v === null))
      json3.type = "null";
    json3.enum = vals;
  }
};
var nanProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "NaN cannot be represented in JSON Schema");
};
var templateLiteralProcessor = (schema, _ctx, json3, _params) => {
  const _json = json3;
  const pattern2 = schema._zod.pattern;
  if (!pattern2)
    throw new Error("Pattern not found in template literal");
  _json.type = "string";
  _json.pattern = pattern2.source;
};
var fileProcessor = (schema, _ctx, json3, _params) => {
  const _json = json3;
  _json.type = "string";
  _json.format = "binary";
  _json.contentEncoding = "binary";
  const { minimum, maximum, mime } = aggregateChecks(schema);
  if (minimum !== void 0)
    _json.minLength = minimum;
  if (maximum !== void 0)
    _json.maxLength = maximum;
  if (!mime)
    return;
  if (mime.length === 0)
    _json.not = {};
  else if (mime.length === 1)
    _json.contentMediaType = mime[0];
  else
    _json.anyOf = mime.map((m) => ({ contentMediaType: m }));
};
var successProcessor = (_schema, _ctx, json3, _params) => {
  json3.type = "boolean";
};
var customProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "Custom types cannot be represented in JSON Schema");
};
var functionProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "Function types cannot be represented in JSON Schema");
};
var transformProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "Transforms cannot be represented in JSON Schema");
};
var mapProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "Map cannot be represented in JSON Schema");
};
var setProcessor = (schema, ctx, json3, params) => {
  handleUnrepresentable(schema, ctx, json3, params, "Set cannot be represented in JSON Schema");
};
var arrayProcessor = (schema, ctx, _json, params) => {
  const json3 = _json;
  const def = schema._zod.def;
  const { minimum, maximum } = aggregateChecks(schema);
  if (typeof minimum === "number")
    json3.minItems = minimum;
  if (typeof maximum === "number")
    json3.maxItems = maximum;
  json3.type = "array";
  json3.items = processSchema(def.element, ctx, {
    ...params,
    path: [...params.path, "items"]
  });
};
function inputOptin(schema) {
  const def = schema._zod.def;
  if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) {
    return inputOptin(def.out);
  }
  if (def.type === "catch") {
    return inputOptin(def.innerType);
  }
  return schema._zod.optin;
}
var objectProcessor = (schema, ctx, _json, params) => {
  const json3 = _json;
  const def = schema._zod.def;
  const shape = def.shape;
  const symbolKeys = Object.getOwnPropertySymbols(shape);
  if (symbolKeys.length && handleUnrepresentable(schema, ctx, json3, params, "Symbol keys cannot be represented in JSON Schema")) {
    return;
  }
  json3.type = "object";
  json3.properties = {};
  for (const key in shape) {
    assignProp(json3.properties, key, processSchema(shape[key], ctx, {
      ...params,
      path: [...params.path, "properties", key]
    }));
  }
  const requiredKeys = [];
  for (const key of Object.keys(shape)) {
    const field = def.shape[key];
    if (ctx.io === "input" ? inputOptin(field) === void 0 : field._zod.optout === void 0) {
      requiredKeys.push(key);
    }
  }
  if (requiredKeys.length > 0) {
    json3.required = requiredKeys;
  }
  if (def.catchall?._zod.def.type === "never") {
    json3.additionalProperties = false;
  } else if (!def.catchall) {
    if (ctx.io === "output")
      json3.additionalProperties = false;
  } else if (def.catchall) {
    json3.additionalProperties = processSchema(def.catchall, ctx, {
      ...params,
      path: [...params.path, "additionalProperties"]
    });
  }
};
var unionProcessor = (schema, ctx, json3, params) => {
  const def = schema._zod.def;
  const isExclusive = def.inclusive === false;
  const options = def.options.map((x, i) => processSchema(x, ctx, {
    ...params,
    path: [...params.path, isExclusive ? "oneOf" : "anyOf", i]
  }));
  if (isExclusive) {
    json3.oneOf = options;
  } else {
    json3.anyOf = options;
  }
};
var intersectionProcessor = (schema, ctx, json3, params) => {
  const def = schema._zod.def;
  const a = processSchema(def.left, ctx, {
    ...params,
    path: [...params.path, "allOf", 0]
  });
  const b = processSchema(def.right, ctx, {
    ...params,
    path: [...params.path, "allOf", 1]
  });
  const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
  const allOf = [
    ...isSimpleIntersection(a) ? a.allOf : [a],
    ...isSimpleIntersection(b) ? b.allOf : [b]
  ];
  json3.allOf = allOf;
  ctx.intersections.push(allOf);
};
var tupleProcessor = (schema, ctx, _json, params) => {
  const json3 = _json;
  const def = schema._zod.def;
  json3.type = "array";
  const prefixPath = ctx.target === "draft-2020-12" ? "prefixItems" : "items";
  const restPath = ctx.target === "draft-2020-12" ? "items" : ctx.target === "openapi-3.0" ? "items" : "additionalItems";
  const prefixItems = def.items.map((x, i) => processSchema(x, ctx, {
    ...params,
    path: [...params.path, prefixPath, i]
  }));
  const rest = def.rest ? processSchema(def.rest, ctx, {
    ...params,
    path: [...params.path, restPath, ...ctx.target === "openapi-3.0" ? [def.items.length] : []]
  }) : null;
  let minItems = def.items.length;
  while (minItems > 0) {
    const item = def.items[minItems - 1];
    const optional2 = ctx.io === "input" ? inputOptin(item) !== void 0 : item._zod.optout === "optional";
    if (!optional2)
      break;
    minItems--;
  }
  const maxItems = def.items.length;
  const isClosed = !def.rest;
  if (ctx.target === "draft-2020-12") {
    json3.prefixItems = prefixItems;
    if (isClosed) {
      json3.items = false;
    } else if (rest) {
      json3.items = rest;
    }
    if (minItems > 0)
      json3.minItems = minItems;
    if (isClosed)
      json3.maxItems = maxItems;
  } else if (ctx.target === "openapi-3.0") {
    json3.items = {
      anyOf: prefixItems
    };
    if (rest) {
      json3.items.anyOf.push(rest);
    }
    if (minItems > 0)
      json3.minItems = minItems;
    if (isClosed)
      json3.maxItems = maxItems;
  } else {
    json3.items = prefixItems;
    if (isClosed) {
      json3.additionalItems = false;
    } else if (rest) {
      json3.additionalItems = rest;
    }
    if (minItems > 0)
      json3.minItems = minItems;
    if (isClosed)
      json3.maxItems = maxItems;
  }
  const { minimum, maximum } = aggregateChecks(schema);
  if (typeof minimum === "number")
    json3.minItems = minimum;
  if (typeof maximum === "number")
    json3.maxItems = maximum;
};
function stringifyKeyNames(bySchema, json3, visited) {
  if (json3.$ref) {
    if (visited.has(json3))
      return json3;
    visited.add(json3);
    const def = bySchema.get(json3)?.def;
    if (!def)
      return json3;
    const inlined = stringifyKeyNames(bySchema, def, visited);
    return inlined === def ? json3 : inlined;
  }
  for (const keyword of ["anyOf", "oneOf"]) {
    const branches = json3[keyword];
    if (!Array.isArray(branches))
      continue;
    const mapped = branches.map((branch) => stringifyKeyNames(bySchema, branch, visited));
    if (mapped.some((branch, i) => branch !== branches[i]))
      json3 = { ...json3, [keyword]: mapped };
  }
  const types = Array.isArray(json3.type) ? json3.type : [json3.type];
  const numericType = !types.includes("string") && types.some((t) => t === "number" || t === "integer");
  const values = json3.enum ?? (json3.const !== void 0 ? [json3.const] : void 0);
  if (!numericType && !values?.some((v) => typeof v === "number"))
    return json3;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format, id: id4, ...rest } = json3;
  if (rest.enum)
    rest.enum = rest.enum.map((v) => typeof v === "number" ? String(v) : v);
  else if (typeof rest.const === "number")
    rest.const = String(rest.const);
  if (!numericType)
    return rest;
  rest.type = "string";
  if (!values)
    rest.pattern = (types.includes("number") ? number : integer).source;
  return rest;
}
var pendingRecords = /* @__PURE__ */ new WeakMap();
function rewriteKeyNames(ctx) {
  const bySchema = /* @__PURE__ */ new Map();
  for (const entry of ctx.seen.values()) {
    if (entry.def && !bySchema.has(entry.schema))
      bySchema.set(entry.schema, entry);
  }
  const rewrites = /* @__PURE__ */ new Map();
  for (const record2 of pendingRecords.get(ctx) ?? []) {
    const seen = ctx.seen.get(record2);
    const names = (seen?.def ?? seen?.schema)?.propertyNames;
    if (!names || names === true || rewrites.has(names))
      continue;
    const rewritten = stringifyKeyNames(bySchema, names, /* @__PURE__ */ new Set());
    if (rewritten !== names)
      rewrites.set(names, rewritten);
  }
  if (!rewrites.size)
    return;
  for (const entry of ctx.seen.values()) {
    for (const carrier of [entry.schema, entry.def]) {
      const rewritten = carrier && rewrites.get(carrier.propertyNames);
      if (rewritten)
        carrier.propertyNames = rewritten;
    }
  }
}
var recordProcessor = (schema, ctx, _json, params) => {
  const json3 = _json;
  const def = schema._zod.def;
  json3.type = "object";
  const keyType = def.keyType;
  const patterns = aggregateChecks(keyType).patterns;
  if (def.mode === "loose" && patterns && patterns.size > 0) {
    const valueSchema2 = processSchema(def.valueType, ctx, {
      ...params,
      path: [...params.path, "patternProperties", "*"]
    });
    json3.patternProperties = {};
    for (const pattern2 of patterns) {
      assignProp(json3.patternProperties, exactPattern(pattern2).source, valueSchema2);
    }
  } else {
    if (ctx.target === "draft-07" || ctx.target === "draft-2020-12") {
      json3.propertyNames = processSchema(def.keyType, ctx, {
        ...params,
        path: [...params.path, "propertyNames"]
      });
      let pending = pendingRecords.get(ctx);
      if (!pending) {
        pending = [];
        pendingRecords.set(ctx, pending);
        ctx.deferred.push(() => rewriteKeyNames(ctx));
      }
      pending.push(schema);
    }
    json3.additionalProperties = processSchema(def.valueType, ctx, {
      ...params,
      path: [...params.path, "additionalProperties"]
    });
  }
  const keyValues = keyType._zod.values;
  const omittableOnInput = ctx.io === "input" && inputOptin(def.valueType) !== void 0;
  if (keyValues && !def.partial && !omittableOnInput) {
    const validKeyValues = [...keyValues].filter((v) => typeof v === "string" || typeof v === "number");
    if (validKeyValues.length > 0) {
      json3.required = validKeyValues.map(String);
    }
  }
};
var nullableProcessor = (schema, ctx, json3, params) => {
  const def = schema._zod.def;
  const inner = processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  if (ctx.target === "openapi-3.0") {
    seen.ref = def.innerType;
    json3.nullable = true;
  } else {
    json3.anyOf = [inner, { type: "null" }];
  }
};
var nonoptionalProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
};
var UNREPRESENTABLE_DEFAULT = /* @__PURE__ */ Symbol();
function serializeDefaultValue(value, schema, ctx, json3, params) {
  let unrepresentable = false;
  const serialized = JSON.stringify(value, (_, val) => {
    if (typeof val !== "bigint")
      return val;
    unrepresentable = true;
    return null;
  });
  if (!unrepresentable)
    return JSON.parse(serialized);
  handleUnrepresentable(schema, ctx, json3, params, "BigInt defaults cannot be represented in JSON Schema");
  return UNREPRESENTABLE_DEFAULT;
}
var defaultProcessor = (schema, ctx, json3, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  const value = serializeDefaultValue(def.defaultValue, schema, ctx, json3, params);
  if (value !== UNREPRESENTABLE_DEFAULT)
    json3.default = value;
};
var prefaultProcessor = (schema, ctx, json3, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  if (ctx.io !== "input")
    return;
  const value = serializeDefaultValue(def.defaultValue, schema, ctx, json3, params);
  if (value !== UNREPRESENTABLE_DEFAULT)
    json3._prefault = value;
};
var catchProcessor = (schema, ctx, json3, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  let catchValue;
  try {
    catchValue = def.catchValue(void 0);
  } catch {
    handleUnrepresentable(schema, ctx, json3, params, "Dynamic catch values are not supported in JSON Schema");
    return;
  }
  json3.default = catchValue;
};
var pipeProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  const inIsTransform = def.in._zod.traits.has("$ZodTransform");
  const innerType = ctx.io === "input" ? inIsTransform ? def.out : def.in : def.out;
  processSchema(innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = innerType;
};
var readonlyProcessor = (schema, ctx, json3, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  json3.readOnly = true;
};
var promiseProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
};
var optionalProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
};
var lazyProcessor = (schema, ctx, _json, params) => {
  const innerType = schema._zod.innerType;
  processSchema(innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = innerType;
};
var allProcessors = {
  string: stringProcessor,
  number: numberProcessor,
  boolean: booleanProcessor,
  bigint: bigintProcessor,
  symbol: symbolProcessor,
  null: nullProcessor,
  undefined: undefinedProcessor,
  void: voidProcessor,
  never: neverProcessor,
  any: anyProcessor,
  unknown: unknownProcessor,
  date: dateProcessor,
  enum: enumProcessor,
  literal: literalProcessor,
  nan: nanProcessor,
  template_literal: templateLiteralProcessor,
  file: fileProcessor,
  success: successProcessor,
  custom: customProcessor,
  function: functionProcessor,
  transform: transformProcessor,
  map: mapProcessor,
  set: setProcessor,
  array: arrayProcessor,
  object: objectProcessor,
  union: unionProcessor,
  intersection: intersectionProcessor,
  tuple: tupleProcessor,
  record: recordProcessor,
  nullable: nullableProcessor,
  nonoptional: nonoptionalProcessor,
  default: defaultProcessor,
  prefault: prefaultProcessor,
  catch: catchProcessor,
  pipe: pipeProcessor,
  readonly: readonlyProcessor,
  promise: promiseProcessor,
  optional: optionalProcessor,
  lazy: lazyProcessor
};
function toJSONSchema(input, params) {
  if ("_idmap" in input) {
    const registry2 = input;
    const ctx2 = initializeContext({ ...params, processors: allProcessors });
    const defs = {};
    for (const entry of registry2._idmap.entries()) {
      const [_, schema] = entry;
      processSchema(schema, ctx2);
    }
    const schemas = {};
    const external = {
      registry: registry2,
      uri: params?.uri,
      defs
    };
    ctx2.external = external;
    for (const entry of registry2._idmap.entries()) {
      const [key, schema] = entry;
      extractDefs(ctx2, schema);
      assignProp(schemas, key, finalize(ctx2, schema));
    }
    if (Object.keys(defs).length > 0) {
      const defsSegment = ctx2.target === "draft-2020-12" ? "$defs" : "definitions";
      schemas.__shared = {
        [defsSegment]: defs
      };
    }
    return { schemas };
  }
  const ctx = initializeContext({ ...params, processors: allProcessors });
  processSchema(input, ctx);
  extractDefs(ctx, input);
  return finalize(ctx, input);
}

// node_modules/zod/v4/classic/errors.js
var _installedErrorProtos = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
  Object.defineProperty(proto, key, {
    configurable: true,
    enumerable: false,
    get() {
      const value = make(this);
      Object.defineProperty(this, key, { value, configurable: true, writable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(this, key, { value, configurable: true, writable: true });
    }
  });
}
var initializer2 = (inst, issues) => {
  $ZodError.init(inst, issues);
  inst.name = "ZodError";
  const proto = Object.getPrototypeOf(inst);
  if (_installedErrorProtos.has(proto))
    return;
  _installedErrorProtos.add(proto);
  _lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
  _lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
  _lazyMethod(proto, "addIssue", (self) => (issue2) => {
    self.issues.push(issue2);
    self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
  });
  _lazyMethod(proto, "addIssues", (self) => (issues2) => {
    self.issues.push(...issues2);
    self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
  });
  Object.defineProperty(proto, "isEmpty", {
    configurable: true,
    enumerable: false,
    get() {
      return this.issues.length === 0;
    }
  });
};
var ZodRealError = /* @__PURE__ */ $constructor("ZodError", initializer2, void 0, {
  Parent: Error
});

// node_modules/zod/v4/classic/parse.js
var parse = /* @__PURE__ */ _parse(ZodRealError);
var parseAsync = /* @__PURE__ */ _parseAsync(ZodRealError);
var safeParse = /* @__PURE__ */ _safeParse(ZodRealError);
var safeParseAsync = /* @__PURE__ */ _safeParseAsync(ZodRealError);
var encode = /* @__PURE__ */ _encode(ZodRealError);
var decode = /* @__PURE__ */ _decode(ZodRealError);
var encodeAsync = /* @__PURE__ */ _encodeAsync(ZodRealError);
var decodeAsync = /* @__PURE__ */ _decodeAsync(ZodRealError);
var safeEncode = /* @__PURE__ */ _safeEncode(ZodRealError);
var safeDecode = /* @__PURE__ */ _safeDecode(ZodRealError);
var safeEncodeAsync = /* @__PURE__ */ _safeEncodeAsync(ZodRealError);
var safeDecodeAsync = /* @__PURE__ */ _safeDecodeAsync(ZodRealError);

// node_modules/zod/v4/classic/schemas.js
function _ensureDefaultLocale() {
  if (!globalConfig.localeError)
    config(en_default());
}
function _ensureDefaultMemoizer() {
  if (!globalConfig.memoizer)
    config({ memoizer: memoizer() });
}
var ZodType = /* @__PURE__ */ $constructor("ZodType", (inst, def) => {
  _ensureDefaultLocale();
  $ZodType.init(inst, def);
  inst.def = def;
  inst.type = def.type;
  return inst;
}, {
  check(...chks) {
    const def = this.def;
    return this.clone(util_exports.mergeDefs(def, {
      checks: [
        ...def.checks ?? [],
        ...chks.map((ch) => typeof ch === "function" ? { _zod: { check: ch, def: { check: "custom" }, onattach: [] } } : ch)
      ]
    }), { parent: true });
  },
  with(...chks) {
    return this.check(...chks);
  },
  clone(def, params) {
    return clone(this, def, params);
  },
  brand() {
    return this;
  },
  register(reg, meta2) {
    reg.add(this, meta2);
    return this;
  },
  refine(check2, params) {
    return this.check(refine(check2, params));
  },
  superRefine(refinement, params) {
    return this.check(superRefine(refinement, params));
  },
  overwrite(fn) {
    return this.check(_overwrite(fn));
  },
  optional() {
    return optional(this);
  },
  exactOptional() {
    return exactOptional(this);
  },
  nullable() {
    return nullable(this);
  },
  nullish() {
    return optional(nullable(this));
  },
  nonoptional(params) {
    return nonoptional(this, params);
  },
  array() {
    return array(this);
  },
  or(arg) {
    return union([this, arg]);
  },
  and(arg) {
    return intersection(this, arg);
  },
  transform(tx) {
    return pipe(this, transform(tx));
  },
  default(d) {
    return _default(this, d);
  },
  prefault(d) {
    return prefault(this, d);
  },
  catch(params) {
    return _catch(this, params);
  },
  pipe(target) {
    return pipe(this, target);
  },
  readonly() {
    return readonly(this);
  },
  describe(description) {
    const cl = this.clone();
    globalRegistry.add(cl, { description });
    return cl;
  },
  meta(...args) {
    if (args.length === 0)
      return globalRegistry.get(this);
    const cl = this.clone();
    globalRegistry.add(cl, args[0]);
    return cl;
  },
  isOptional() {
    return this.safeParse(void 0).success;
  },
  isNullable() {
    return this.safeParse(null).success;
  },
  apply(fn, ...args) {
    return args.length === 0 ? fn(this) : fn(this, ...args);
  },
  // Overrides core's `~standard` to add `jsonSchema`. Must stay a prototype entry: redefining it per instance demotes instances to dictionary mode.
  get "~standard"() {
    return util_exports.hide(this, "~standard", {
      ...standardProps(this),
      jsonSchema: {
        input: createStandardJSONSchemaMethod(this, "input"),
        output: createStandardJSONSchemaMethod(this, "output")
      }
    });
  },
  set "~standard"(value) {
    util_exports.own(this, "~standard", value);
  },
  parse: function _parse2(data, params) {
    return parse(this, data, params, { callee: _parse2 });
  },
  parseAsync: async function _parseAsync2(data, params) {
    return await parseAsync(this, data, params, { callee: _parseAsync2 });
  },
  safeParse(data, params) {
    return safeParse(this, data, params);
  },
  async safeParseAsync(data, params) {
    return safeParseAsync(this, data, params);
  },
  // `spa` is an alias: same function object as `safeParseAsync`, as before.
  get spa() {
    return this?.safeParseAsync;
  },
  set spa(value) {
    util_exports.own(this, "spa", value);
  },
  validate(data, params) {
    return validate(this, data, params);
  },
  validateAsync(data, params) {
    return validateAsync(this, data, params);
  },
  encode: function _encode2(data, params) {
    return encode(this, data, params, { callee: _encode2 });
  },
  decode: function _decode2(data, params) {
    return decode(this, data, params, { callee: _decode2 });
  },
  encodeAsync: async function _encodeAsync2(data, params) {
    return await encodeAsync(this, data, params, { callee: _encodeAsync2 });
  },
  decodeAsync: async function _decodeAsync2(data, params) {
    return await decodeAsync(this, data, params, { callee: _decodeAsync2 });
  },
  safeEncode(data, params) {
    return safeEncode(this, data, params);
  },
  safeDecode(data, params) {
    return safeDecode(this, data, params);
  },
  async safeEncodeAsync(data, params) {
    return safeEncodeAsync(this, data, params);
  },
  async safeDecodeAsync(data, params) {
    return safeDecodeAsync(this, data, params);
  },
  toJSONSchema(params) {
    return createToJSONSchemaMethod(this, {})(params);
  },
  // Reads through to the registry on every access, so it must not cache.
  get description() {
    return globalRegistry.get(this)?.description;
  },
  // No setter: `schema._def = x` throws, as it did when `_def` was a non-writable own property.
  get _def() {
    return this._zod.def;
  }
});
var _ZodString = /* @__PURE__ */ $constructor(
  "_ZodString",
  (inst, def) => {
    $ZodString.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json3, params) => stringProcessor(inst, ctx, json3, params);
  },
  /* @__PURE__ */ util_exports.derived({
    format: (inst) => aggregateChecks(inst).format ?? null,
    minLength: (inst) => aggregateChecks(inst).minimum ?? null,
    maxLength: (inst) => aggregateChecks(inst).maximum ?? null
  }, {
    regex(...args) {
      return this.check(_regex(...args));
    },
    includes(...args) {
      return this.check(_includes(...args));
    },
    startsWith(...args) {
      return this.check(_startsWith(...args));
    },
    endsWith(...args) {
      return this.check(_endsWith(...args));
    },
    min(...args) {
      return this.check(_minLength(...args));
    },
    max(...args) {
      return this.check(_maxLength(...args));
    },
    length(...args) {
      return this.check(_length(...args));
    },
    nonempty(...args) {
      return this.check(_minLength(1, ...args));
    },
    lowercase(params) {
      return this.check(_lowercase(params));
    },
    uppercase(params) {
      return this.check(_uppercase(params));
    },
    trim() {
      return this.check(_trim());
    },
    normalize(...args) {
      return this.check(_normalize(...args));
    },
    toLowerCase() {
      return this.check(_toLowerCase());
    },
    toUpperCase() {
      return this.check(_toUpperCase());
    },
    slugify() {
      return this.check(_slugify());
    }
  })
);
var ZodString = /* @__PURE__ */ $constructor("ZodString", (inst, def) => {
  $ZodString.init(inst, def);
  _ZodString.init(inst, def);
}, {
  email(params) {
    return this.check(_email(ZodEmail, params));
  },
  url(params) {
    return this.check(_url(ZodURL, params));
  },
  jwt(params) {
    return this.check(_jwt(ZodJWT, params));
  },
  emoji(params) {
    return this.check(_emoji2(ZodEmoji, params));
  },
  guid(params) {
    return this.check(_guid(ZodGUID, params));
  },
  uuid(params) {
    return this.check(_uuid(ZodUUID, params));
  },
  uuidv4(params) {
    return this.check(_uuidv4(ZodUUID, params));
  },
  uuidv6(params) {
    return this.check(_uuidv6(ZodUUID, params));
  },
  uuidv7(params) {
    return this.check(_uuidv7(ZodUUID, params));
  },
  nanoid(params) {
    return this.check(_nanoid(ZodNanoID, params));
  },
  cuid(params) {
    return this.check(_cuid(ZodCUID, params));
  },
  cuid2(params) {
    return this.check(_cuid2(ZodCUID2, params));
  },
  ulid(params) {
    return this.check(_ulid(ZodULID, params));
  },
  base64(params) {
    return this.check(_base64(ZodBase64, params));
  },
  base64url(params) {
    return this.check(_base64url(ZodBase64URL, params));
  },
  xid(params) {
    return this.check(_xid(ZodXID, params));
  },
  ksuid(params) {
    return this.check(_ksuid(ZodKSUID, params));
  },
  ipv4(params) {
    return this.check(_ipv4(ZodIPv4, params));
  },
  ipv6(params) {
    return this.check(_ipv6(ZodIPv6, params));
  },
  cidrv4(params) {
    return this.check(_cidrv4(ZodCIDRv4, params));
  },
  cidrv6(params) {
    return this.check(_cidrv6(ZodCIDRv6, params));
  },
  e164(params) {
    return this.check(_e164(ZodE164, params));
  },
  datetime(params) {
    return this.check(_isoDateTime(ZodISODateTime, params));
  },
  date(params) {
    return this.check(_isoDate(ZodISODate, params));
  },
  time(params) {
    return this.check(_isoTime(ZodISOTime, params));
  },
  duration(params) {
    return this.check(_isoDuration(ZodISODuration, params));
  }
});
function string2(params) {
  return _string(ZodString, params);
}
var ZodStringFormat = /* @__PURE__ */ $constructor("ZodStringFormat", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  _ZodString.init(inst, def);
});
var ZodISODateTime = /* @__PURE__ */ $constructor("ZodISODateTime", (inst, def) => {
  $ZodISODateTime.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISODate = /* @__PURE__ */ $constructor("ZodISODate", (inst, def) => {
  $ZodISODate.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISOTime = /* @__PURE__ */ $constructor("ZodISOTime", (inst, def) => {
  $ZodISOTime.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISODuration = /* @__PURE__ */ $constructor("ZodISODuration", (inst, def) => {
  $ZodISODuration.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodEmail = /* @__PURE__ */ $constructor("ZodEmail", (inst, def) => {
  $ZodEmail.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodGUID = /* @__PURE__ */ $constructor("ZodGUID", (inst, def) => {
  $ZodGUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodUUID = /* @__PURE__ */ $constructor("ZodUUID", (inst, def) => {
  $ZodUUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodURL = /* @__PURE__ */ $constructor("ZodURL", (inst, def) => {
  $ZodURL.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodEmoji = /* @__PURE__ */ $constructor("ZodEmoji", (inst, def) => {
  $ZodEmoji.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodNanoID = /* @__PURE__ */ $constructor("ZodNanoID", (inst, def) => {
  $ZodNanoID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCUID = /* @__PURE__ */ $constructor("ZodCUID", (inst, def) => {
  $ZodCUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCUID2 = /* @__PURE__ */ $constructor("ZodCUID2", (inst, def) => {
  $ZodCUID2.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodULID = /* @__PURE__ */ $constructor("ZodULID", (inst, def) => {
  $ZodULID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodXID = /* @__PURE__ */ $constructor("ZodXID", (inst, def) => {
  $ZodXID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodKSUID = /* @__PURE__ */ $constructor("ZodKSUID", (inst, def) => {
  $ZodKSUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodIPv4 = /* @__PURE__ */ $constructor("ZodIPv4", (inst, def) => {
  $ZodIPv4.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodIPv6 = /* @__PURE__ */ $constructor("ZodIPv6", (inst, def) => {
  $ZodIPv6.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCIDRv4 = /* @__PURE__ */ $constructor("ZodCIDRv4", (inst, def) => {
  $ZodCIDRv4.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCIDRv6 = /* @__PURE__ */ $constructor("ZodCIDRv6", (inst, def) => {
  $ZodCIDRv6.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodBase64 = /* @__PURE__ */ $constructor("ZodBase64", (inst, def) => {
  $ZodBase64.init(inst, def);
  ZodStringFormat.init(inst, def);
});
function base642(params) {
  return _base64(ZodBase64, params);
}
var ZodBase64URL = /* @__PURE__ */ $constructor("ZodBase64URL", (inst, def) => {
  $ZodBase64URL.init(inst, def);
  ZodStringFormat.init(inst, def);
});
function base64url2(params) {
  return _base64url(ZodBase64URL, params);
}
var ZodE164 = /* @__PURE__ */ $constructor("ZodE164", (inst, def) => {
  $ZodE164.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodJWT = /* @__PURE__ */ $constructor("ZodJWT", (inst, def) => {
  $ZodJWT.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodNumber = /* @__PURE__ */ $constructor(
  "ZodNumber",
  (inst, def) => {
    $ZodNumber.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json3, params) => numberProcessor(inst, ctx, json3, params);
    inst.isFinite = true;
  },
  /* @__PURE__ */ util_exports.derived({
    minValue: (inst) => {
      const { minimum, exclusiveMinimum } = aggregateChecks(inst);
      return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
    },
    maxValue: (inst) => {
      const { maximum, exclusiveMaximum } = aggregateChecks(inst);
      return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
    },
    isInt: (inst) => {
      const { isInt, multipleOf } = aggregateChecks(inst);
      return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
    },
    format: (inst) => aggregateChecks(inst).format ?? null
  }, {
    gt(value, params) {
      return this.check(_gt(value, params));
    },
    gte(value, params) {
      return this.check(_gte(value, params));
    },
    min(value, params) {
      return this.check(_gte(value, params));
    },
    lt(value, params) {
      return this.check(_lt(value, params));
    },
    lte(value, params) {
      return this.check(_lte(value, params));
    },
    max(value, params) {
      return this.check(_lte(value, params));
    },
    int(params) {
      return this.check(int(params));
    },
    safe(params) {
      return this.check(int(params));
    },
    positive(params) {
      return this.check(_gt(0, params));
    },
    nonnegative(params) {
      return this.check(_gte(0, params));
    },
    negative(params) {
      return this.check(_lt(0, params));
    },
    nonpositive(params) {
      return this.check(_lte(0, params));
    },
    multipleOf(value, params) {
      return this.check(_multipleOf(value, params));
    },
    step(value, params) {
      return this.check(_multipleOf(value, params));
    },
    finite() {
      return this;
    }
  })
);
function number2(params) {
  return _number(ZodNumber, params);
}
var ZodNumberFormat = /* @__PURE__ */ $constructor("ZodNumberFormat", (inst, def) => {
  $ZodNumberFormat.init(inst, def);
  ZodNumber.init(inst, def);
});
function int(params) {
  return _int(ZodNumberFormat, params);
}
var ZodBoolean = /* @__PURE__ */ $constructor("ZodBoolean", (inst, def) => {
  $ZodBoolean.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => booleanProcessor(inst, ctx, json3, params);
});
function boolean2(params) {
  return _boolean(ZodBoolean, params);
}
var ZodNull = /* @__PURE__ */ $constructor("ZodNull", (inst, def) => {
  $ZodNull.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => nullProcessor(inst, ctx, json3, params);
});
function _null3(params) {
  return _null2(ZodNull, params);
}
var ZodUnknown = /* @__PURE__ */ $constructor("ZodUnknown", (inst, def) => {
  $ZodUnknown.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => unknownProcessor(inst, ctx, json3, params);
});
function unknown() {
  return _unknown(ZodUnknown);
}
var ZodNever = /* @__PURE__ */ $constructor("ZodNever", (inst, def) => {
  $ZodNever.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => neverProcessor(inst, ctx, json3, params);
});
function never(params) {
  return _never(ZodNever, params);
}
var ZodArray = /* @__PURE__ */ $constructor("ZodArray", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodArray.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => arrayProcessor(inst, ctx, json3, params);
  inst.element = def.element;
}, {
  min(n, params) {
    return this.check(_minLength(n, params));
  },
  nonempty(params) {
    return this.check(_minLength(1, params));
  },
  max(n, params) {
    return this.check(_maxLength(n, params));
  },
  length(n, params) {
    return this.check(_length(n, params));
  },
  unwrap() {
    return this.element;
  }
});
function array(element, params) {
  return _array(ZodArray, element, params);
}
var ZodObject = /* @__PURE__ */ $constructor("ZodObject", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodObjectJIT.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => objectProcessor(inst, ctx, json3, params);
  util_exports.installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
  keyof() {
    return _enum(Object.keys(this._zod.def.shape));
  },
  catchall(catchall) {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall }));
  },
  passthrough() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: unknown() }));
  },
  loose() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: unknown() }));
  },
  strict() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: never() }));
  },
  strip() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: void 0 }));
  },
  extend(incoming) {
    return util_exports.extend(this, incoming);
  },
  safeExtend(incoming) {
    return util_exports.safeExtend(this, incoming);
  },
  merge(other) {
    return util_exports.merge(this, other);
  },
  pick(mask) {
    return util_exports.pick(this, mask);
  },
  omit(mask) {
    return util_exports.omit(this, mask);
  },
  partial(...args) {
    return util_exports.partial(ZodOptional, this, args[0]);
  },
  exactPartial(...args) {
    return util_exports.partial(ZodExactOptional, this, args[0], "exactPartial");
  },
  required(...args) {
    return util_exports.required(ZodNonOptional, this, args[0]);
  }
});
function strictObject(shape, params) {
  return new ZodObject({
    type: "object",
    shape,
    catchall: never(),
    ...util_exports.normalizeParams(params)
  });
}
function looseObject(shape, params) {
  return new ZodObject({
    type: "object",
    shape,
    catchall: unknown(),
    ...util_exports.normalizeParams(params)
  });
}
var ZodUnion = /* @__PURE__ */ $constructor("ZodUnion", (inst, def) => {
  $ZodUnion.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => unionProcessor(inst, ctx, json3, params);
  inst.options = def.options;
});
function union(options, params) {
  return new ZodUnion({
    type: "union",
    options,
    ...util_exports.normalizeParams(params)
  });
}
var ZodDiscriminatedUnion = /* @__PURE__ */ $constructor("ZodDiscriminatedUnion", (inst, def) => {
  ZodUnion.init(inst, def);
  $ZodDiscriminatedUnion.init(inst, def);
});
function discriminatedUnion(discriminator, options, params) {
  return new ZodDiscriminatedUnion({
    type: "union",
    options,
    discriminator,
    ...util_exports.normalizeParams(params)
  });
}
var ZodIntersection = /* @__PURE__ */ $constructor("ZodIntersection", (inst, def) => {
  $ZodIntersection.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => intersectionProcessor(inst, ctx, json3, params);
});
function intersection(left, right) {
  return new ZodIntersection({
    type: "intersection",
    left,
    right
  });
}
var ZodRecord = /* @__PURE__ */ $constructor("ZodRecord", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodRecord.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => recordProcessor(inst, ctx, json3, params);
  inst.keyType = def.keyType;
  inst.valueType = def.valueType;
});
function record(keyType, valueType, params) {
  if (!valueType || !valueType._zod) {
    return new ZodRecord({
      type: "record",
      keyType: string2(),
      valueType: keyType,
      ...util_exports.normalizeParams(valueType)
    });
  }
  return new ZodRecord({
    type: "record",
    keyType,
    valueType,
    ...util_exports.normalizeParams(params)
  });
}
var ZodEnum = /* @__PURE__ */ $constructor("ZodEnum", (inst, def) => {
  $ZodEnum.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => enumProcessor(inst, ctx, json3, params);
  inst.enum = def.entries;
  inst.options = [...inst._zod.values];
  const keys = new Set(Object.keys(def.entries));
  inst.extract = (values, params) => {
    const newEntries = {};
    for (const value of values) {
      if (keys.has(value)) {
        newEntries[value] = def.entries[value];
      } else
        throw new Error(`Key ${value} not found in enum`);
    }
    return new ZodEnum({
      ...def,
      checks: [],
      ...util_exports.normalizeParams(params),
      entries: newEntries
    });
  };
  inst.exclude = (values, params) => {
    const newEntries = { ...def.entries };
    for (const value of values) {
      if (keys.has(value)) {
        delete newEntries[value];
      } else
        throw new Error(`Key ${value} not found in enum`);
    }
    return new ZodEnum({
      ...def,
      checks: [],
      ...util_exports.normalizeParams(params),
      entries: newEntries
    });
  };
});
function _enum(values, params) {
  const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
  return new ZodEnum({
    type: "enum",
    entries,
    ...util_exports.normalizeParams(params)
  });
}
var ZodLiteral = /* @__PURE__ */ $constructor("ZodLiteral", (inst, def) => {
  $ZodLiteral.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => literalProcessor(inst, ctx, json3, params);
  inst.values = new Set(def.values);
  Object.defineProperty(inst, "value", {
    get() {
      if (def.values.length > 1) {
        throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
      }
      return def.values[0];
    }
  });
});
function literal(value, params) {
  return new ZodLiteral({
    type: "literal",
    values: Array.isArray(value) ? value : [value],
    ...util_exports.normalizeParams(params)
  });
}
var ZodTransform = /* @__PURE__ */ $constructor("ZodTransform", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodTransform.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => transformProcessor(inst, ctx, json3, params);
  inst._zod.parse = (payload, _ctx) => {
    if (_ctx.direction === "backward") {
      throw new $ZodEncodeError(inst.constructor.name);
    }
    payload.addIssue = (issue2) => {
      if (typeof issue2 === "string") {
        payload.issues.push(util_exports.issue(issue2, payload.value, def));
      } else {
        const _issue = issue2;
        if (_issue.fatal)
          _issue.continue = false;
        _issue.code ?? (_issue.code = "custom");
        if (!("input" in _issue))
          _issue.input = payload.value;
        _issue.inst ?? (_issue.inst = inst);
        payload.issues.push(util_exports.issue(_issue));
      }
    };
    const output = def.transform(payload.value, payload);
    if (output instanceof Promise) {
      return output.then((output2) => {
        payload.value = output2;
        return payload;
      });
    }
    payload.value = output;
    return payload;
  };
});
function transform(fn) {
  return new ZodTransform({
    type: "transform",
    transform: fn
  });
}
var ZodOptional = /* @__PURE__ */ $constructor("ZodOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => optionalProcessor(inst, ctx, json3, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
  return new ZodOptional({
    type: "optional",
    innerType
  });
}
var ZodExactOptional = /* @__PURE__ */ $constructor("ZodExactOptional", (inst, def) => {
  $ZodExactOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => optionalProcessor(inst, ctx, json3, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
  return new ZodExactOptional({
    type: "optional",
    innerType
  });
}
var ZodNullable = /* @__PURE__ */ $constructor("ZodNullable", (inst, def) => {
  $ZodNullable.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => nullableProcessor(inst, ctx, json3, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
  return new ZodNullable({
    type: "nullable",
    innerType
  });
}
var ZodDefault = /* @__PURE__ */ $constructor("ZodDefault", (inst, def) => {
  $ZodDefault.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => defaultProcessor(inst, ctx, json3, params);
  inst.unwrap = () => inst._zod.def.innerType;
  inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
  return new ZodDefault({
    type: "default",
    innerType,
    get defaultValue() {
      return typeof defaultValue === "function" ? defaultValue() : util_exports.shallowClone(defaultValue);
    }
  });
}
var ZodPrefault = /* @__PURE__ */ $constructor("ZodPrefault", (inst, def) => {
  $ZodPrefault.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => prefaultProcessor(inst, ctx, json3, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
  return new ZodPrefault({
    type: "prefault",
    innerType,
    get defaultValue() {
      return typeof defaultValue === "function" ? defaultValue() : util_exports.shallowClone(defaultValue);
    }
  });
}
var ZodNonOptional = /* @__PURE__ */ $constructor("ZodNonOptional", (inst, def) => {
  $ZodNonOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => nonoptionalProcessor(inst, ctx, json3, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
  return new ZodNonOptional({
    type: "nonoptional",
    innerType,
    ...util_exports.normalizeParams(params)
  });
}
var ZodCatch = /* @__PURE__ */ $constructor("ZodCatch", (inst, def) => {
  $ZodCatch.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => catchProcessor(inst, ctx, json3, params);
  inst.unwrap = () => inst._zod.def.innerType;
  inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
  return new ZodCatch({
    type: "catch",
    innerType,
    catchValue: typeof catchValue === "function" ? catchValue : util_exports.constantCatch(catchValue)
  });
}
var ZodPipe = /* @__PURE__ */ $constructor("ZodPipe", (inst, def) => {
  $ZodPipe.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => pipeProcessor(inst, ctx, json3, params);
  inst.in = def.in;
  inst.out = def.out;
});
function pipe(in_, out) {
  return new ZodPipe({
    type: "pipe",
    in: in_,
    out
    // ...util.normalizeParams(params),
  });
}
var ZodReadonly = /* @__PURE__ */ $constructor("ZodReadonly", (inst, def) => {
  $ZodReadonly.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => readonlyProcessor(inst, ctx, json3, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
  return new ZodReadonly({
    type: "readonly",
    innerType
  });
}
var ZodTemplateLiteral = /* @__PURE__ */ $constructor("ZodTemplateLiteral", (inst, def) => {
  $ZodTemplateLiteral.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => templateLiteralProcessor(inst, ctx, json3, params);
});
function templateLiteral(parts, params) {
  return new ZodTemplateLiteral({
    type: "template_literal",
    parts,
    ...util_exports.normalizeParams(params)
  });
}
var ZodLazy = /* @__PURE__ */ $constructor("ZodLazy", (inst, def) => {
  $ZodLazy.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => lazyProcessor(inst, ctx, json3, params);
  inst.unwrap = () => inst._zod.def.getter();
});
function lazy(getter) {
  return new ZodLazy({
    type: "lazy",
    getter
  });
}
var ZodCustom = /* @__PURE__ */ $constructor("ZodCustom", (inst, def) => {
  $ZodCustom.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json3, params) => customProcessor(inst, ctx, json3, params);
});
function refine(fn, _params = {}) {
  return _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
  return _superRefine(fn, params);
}
function json(params) {
  const jsonSchema = lazy(() => {
    return union([string2(params), number2(), boolean2(), _null3(), array(jsonSchema), record(string2(), jsonSchema)]);
  });
  return jsonSchema;
}

// node_modules/zod/v4/classic/iso.js
var iso_exports = {};
__export(iso_exports, {
  ZodISODate: () => ZodISODate,
  ZodISODateTime: () => ZodISODateTime,
  ZodISODuration: () => ZodISODuration,
  ZodISOTime: () => ZodISOTime,
  date: () => date2,
  datetime: () => datetime2,
  duration: () => duration2,
  time: () => time2
});
function datetime2(params) {
  return _isoDateTime(ZodISODateTime, params);
}
function date2(params) {
  return _isoDate(ZodISODate, params);
}
function time2(params) {
  return _isoTime(ZodISOTime, params);
}
function duration2(params) {
  return _isoDuration(ZodISODuration, params);
}

// shared/result.ts
function ok(value) {
  return { ok: true, value };
}
function err(error2) {
  return { ok: false, error: error2 };
}

// shared/platforms/github.ts
var EVENT_NAMES = [
  "branch_protection_rule",
  "check_run",
  "check_suite",
  "create",
  "delete",
  "deployment",
  "deployment_status",
  "discussion",
  "discussion_comment",
  "dynamic",
  "fork",
  "gollum",
  "image_version",
  "issue_comment",
  "issues",
  "label",
  "merge_group",
  "milestone",
  "page_build",
  "project",
  "project_card",
  "project_column",
  "public",
  "pull_request",
  "pull_request_comment",
  "pull_request_review",
  "pull_request_review_comment",
  "pull_request_target",
  "push",
  "registry_package",
  "release",
  "repository_dispatch",
  "schedule",
  "status",
  "watch",
  "workflow_call",
  "workflow_dispatch",
  "workflow_run"
];
var text = (about) => ({ match: "exact", form: "text", about });
var pattern = (about) => ({ match: "pattern", form: "text", about });
var id = (about) => ({ match: "exact", form: "id", about });
var flag = (about) => ({ match: "exact", form: "boolean", about });
var word = (values, about) => ({ match: "exact", form: "word", values, about });
var ATTRIBUTES = /* @__PURE__ */ new Map([
  [
    "repository",
    { ...pattern("owner/name of the repository the workflow runs in; letter case is ignored"), foldCase: true, literalOwner: true }
  ],
  ["repository_id", id("id of that repository; it survives renames")],
  ["repository_owner", { ...text("name of the owner; letter case is ignored"), foldCase: true }],
  ["repository_owner_id", id("id of the owner")],
  ["repository_visibility", word(["public", "private", "internal"], "visibility of the repository")],
  ["ref", { ...pattern("full ref of the run: refs/heads/main, refs/tags/v1, refs/pull/7/merge"), prefix: "refs/" }],
  ["ref_type", word(["branch", "tag"], "whether ref is a branch or a tag")],
  ["ref_protected", flag("whether a protection rule covers the ref")],
  ["head_ref", pattern("source branch of a pull request")],
  ["base_ref", pattern("target branch of a pull request")],
  ["event_name", word(EVENT_NAMES, "event that triggered the run")],
  ["environment", pattern("deployment environment of the job")],
  ["environment_node_id", text("id of the environment; it changes when the environment is deleted and made again")],
  ["workflow_ref", pattern("workflow file and ref of the caller: owner/name/.github/workflows/file.yml@ref")],
  ["workflow_sha", text("commit of that workflow file")],
  ["job_workflow_ref", pattern("workflow file and ref of the called reusable workflow")],
  ["job_workflow_sha", text("commit of that reusable workflow")],
  ["sha", text("commit of the run")],
  ["actor", text("login of the person who started the run")],
  ["actor_id", id("id of that person")],
  ["runner_environment", word(["github-hosted", "self-hosted"], "whose machine the job runs on")],
  ["enterprise", text("slug of the enterprise")],
  ["enterprise_id", id("id of the enterprise")],
  ["run_attempt", id("1 for the first run, more for re-runs")]
]);
var CUSTOM_PROPERTY = /^repo_property_[A-Za-z0-9_.$#-]{1,75}$/;
var CUSTOM_PROPERTY_FORM = text("value of a custom property of the repository");
var OTHER_CLAIMS = /* @__PURE__ */ new Set([
  "iss",
  "aud",
  "sub",
  "jti",
  "run_id",
  "run_number",
  "check_run_id",
  "workflow",
  "issuer_scope"
]);
var TIME_CLAIMS = /* @__PURE__ */ new Set(["iat", "nbf", "exp"]);
var REQUIRED_CLAIMS = [
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "event_name",
  "workflow_ref",
  "run_id"
];
var DECIMAL_CLAIMS = /* @__PURE__ */ new Set(["run_id", "run_number", "check_run_id"]);
var DECIMAL_ID = /^[1-9][0-9]*$/;
var REPOSITORY = /^[^/@:\s]+\/[^/@:\s]+$/;
var SUBJECT_IDS = /(?:^|:)repo:[^@/:]+@([0-9]+)\/[^@/:]+@([0-9]+)(?::|$)/;
var MAX_CLAIM_LENGTH = 1024;
function attribute(name) {
  return ATTRIBUTES.get(name) ?? (CUSTOM_PROPERTY.test(name) ? CUSTOM_PROPERTY_FORM : void 0);
}
function malformed(claim2, expected) {
  return err({ code: "claim_malformed", claim: claim2, expected });
}
function formProblem(claim2, form, value) {
  if (typeof value !== "string") return "a string";
  if (value.length > MAX_CLAIM_LENGTH) return `at most ${MAX_CLAIM_LENGTH} characters`;
  if (hasControlCharacter(value)) return "no control characters";
  if (value === "") return void 0;
  if ((form === "id" || DECIMAL_CLAIMS.has(claim2)) && !DECIMAL_ID.test(value)) return "a decimal number without a leading zero";
  if (form === "boolean" && value !== "true" && value !== "false") return '"true" or "false"';
  return void 0;
}
function consistencyProblem(claim2, sub) {
  const problem = (name, expected) => ({ code: "claim_malformed", claim: name, expected });
  const repository2 = claim2("repository");
  if (!REPOSITORY.test(repository2)) return problem("repository", "owner/name");
  const owner3 = repository2.slice(0, repository2.indexOf("/"));
  if (foldAscii(owner3) !== foldAscii(claim2("repository_owner"))) return problem("repository_owner", "the owner part of repository");
  const workflowRef = claim2("workflow_ref");
  if (!foldAscii(workflowRef).startsWith(`${foldAscii(repository2)}/`)) return problem("workflow_ref", "a workflow of the repository");
  const ids = SUBJECT_IDS.exec(sub);
  if (ids !== null && ids[1] !== claim2("repository_owner_id")) return problem("sub", "the owner id of repository_owner_id");
  if (ids !== null && ids[2] !== claim2("repository_id")) return problem("sub", "the repository id of repository_id");
  return void 0;
}
function readClaims(claims) {
  const attributes2 = /* @__PURE__ */ new Map();
  const unknownClaims = [];
  for (const [name, value] of Object.entries(claims)) {
    if (TIME_CLAIMS.has(name)) continue;
    const isOther = OTHER_CLAIMS.has(name);
    const form = isOther ? void 0 : attribute(name)?.form;
    if (!isOther && form === void 0) {
      unknownClaims.push(name);
      continue;
    }
    const problem = formProblem(name, form, value);
    if (problem !== void 0) return malformed(name, problem);
    if (form !== void 0 && typeof value === "string" && value !== "") attributes2.set(name, value);
  }
  return ok({ attributes: attributes2, unknownClaims });
}
function readFacts(issuerUrl, claims) {
  const read2 = readClaims(claims);
  if (!read2.ok) return read2;
  if (!Object.hasOwn(claims, "ref")) return err({ code: "claim_missing", claim: "ref", expected: "present, though it may be empty" });
  for (const name of REQUIRED_CLAIMS) {
    if ((textClaim(claims[name]) ?? "") === "") return err({ code: "claim_missing", claim: name, expected: "present and not empty" });
  }
  const claim2 = (name) => textClaim(claims[name]) ?? "";
  const inconsistent = consistencyProblem(claim2, claim2("sub"));
  if (inconsistent !== void 0) return err(inconsistent);
  const run3 = claim2("run_id");
  const environment = claim2("environment");
  return ok({
    ...read2.value,
    owner: { id: claim2("repository_owner_id"), name: claim2("repository_owner") },
    run: {
      issuer: issuerUrl,
      repository: claim2("repository"),
      repositoryId: claim2("repository_id"),
      ref: claim2("ref"),
      sha: claim2("sha"),
      eventName: claim2("event_name"),
      ...environment === "" ? {} : { environment },
      runId: run3,
      runAttempt: claim2("run_attempt"),
      job: claim2("check_run_id") || `${run3}/${claim2("run_attempt")}`,
      workflowRef: claim2("workflow_ref"),
      actor: claim2("actor")
    }
  });
}
function complete(stated2) {
  const attributes2 = /* @__PURE__ */ new Map([
    ["event_name", "push"],
    ["runner_environment", "github-hosted"],
    ["ref", "refs/heads/main"],
    ["run_attempt", "1"]
  ]);
  for (const [name, value] of stated2) attributes2.set(name, value);
  const derive2 = (name, value) => {
    if (value !== void 0 && !stated2.has(name)) attributes2.set(name, value);
  };
  const repository2 = attributes2.get("repository");
  const ref = attributes2.get("ref") ?? "";
  derive2("repository_owner", repository2?.split("/")[0]);
  derive2("ref_type", ref === "" ? void 0 : ref.startsWith("refs/tags/") ? "tag" : "branch");
  derive2("workflow_ref", repository2 === void 0 ? void 0 : `${repository2}/.github/workflows/ci.yml@${ref}`);
  derive2("job_workflow_ref", attributes2.get("workflow_ref"));
  for (const [name, value] of attributes2) if (value === "") attributes2.delete(name);
  return attributes2;
}
var github = {
  name: "github",
  algorithms: ["RS256"],
  typRequired: true,
  nbfRequired: true,
  keySetPath: "/.well-known/jwks",
  ruleDefaults: /* @__PURE__ */ new Map([
    ["event_name", ["push", "workflow_dispatch", "schedule", "release"]],
    ["runner_environment", ["github-hosted"]]
  ]),
  weakAttributes: ["event_name", "runner_environment"],
  neverConditions: /* @__PURE__ */ new Map([
    ["workflow", "it is free text that the workflow author chooses; match workflow_ref"],
    ["sub", "it has two live formats and hides the event; match the attributes"],
    ["jti", "it is new in every token"],
    ["run_id", "it is new in every run"]
  ]),
  attributeNames: [...ATTRIBUTES.keys()],
  attribute,
  readFacts,
  complete
};

// shared/platforms/index.ts
var PLATFORM_NAMES = ["github"];
var platforms = { github };

// shared/policy/schema.ts
var NAME2 = /^[a-z0-9][a-z0-9-]{0,62}$/;
var LANGUAGE_VERSION = 1;
var text2 = string2().regex(/\S/, "expected text that is not blank").refine((value) => !hasControlCharacter(value) || !hasControlCharacter(oneLine(value)), "expected text without control characters");
var owner = text2.describe("Who answers for it.");
var contact = text2.describe("Where its owner is reached.").exactOptional();
var DURATION_EXPECTED = "expected a duration such as 90s, 15m, 1h or 30d";
var duration3 = string2(DURATION_EXPECTED).regex(DURATION_PATTERN, DURATION_EXPECTED);
var DATE_FORM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
var DATE_EXPECTED = "expected a date such as 2027-05-01";
var date3 = string2(DATE_EXPECTED).regex(DATE_FORM, { message: DATE_EXPECTED, abort: true }).refine(isDate, DATE_EXPECTED);
var count = int("expected a whole number").min(1, "expected at least 1");
var reference = string2("expected a name");
var ID_EXPECTED = 'expected a decimal id in quotes, such as "65000001"';
var id2 = string2(ID_EXPECTED).regex(/^[1-9][0-9]*$/, ID_EXPECTED);
var OWNER_EXPECTED = "expected the name of an owner, with no slash and no wildcard";
var ownerName = string2(OWNER_EXPECTED).regex(/^[^\s/@:*\p{Cc}]{1,255}$/u, OWNER_EXPECTED);
var settings = strictObject({
  explain: _enum(["none", "attributes", "rules"]).describe("How much a refused caller from inside the fence is told. Default: attributes.").exactOptional(),
  max_ttl: duration3.describe("No credential lives longer; a longer ttl is clamped to it. Default: 1h.").exactOptional(),
  token_max_age: duration3.describe("How old an ID token may be, from its iat. Default: 5m.").exactOptional()
});
var issuer = strictObject({
  platform: _enum(PLATFORM_NAMES).describe("The family of CI system whose tokens these are."),
  url: string2().describe("The exact iss of its tokens: https, lower-case host, no query, fragment or user."),
  owners: array(strictObject({ name: ownerName, id: id2 })).min(1, "expected at least one owner: an issuer without a fence serves everybody").describe("The fence: a token of any other owner is refused before any rule is read. The id decides."),
  audience: text2.describe("The aud its tokens must carry. Default: the broker's origin.").exactOptional(),
  jwks: strictObject({ keys: array(record(string2(), json())).min(1, "expected at least one key") }).describe("An inline key set (RFC 7517) for an issuer the broker cannot reach. Public keys only.").exactOptional()
});
var workload = strictObject({
  issuer: reference.describe("The issuer its tokens come from."),
  is: record(string2(), unknown()).describe("What makes a caller this workload. Pin repository_id: the id decides, and follows renames."),
  owner,
  contact,
  suspended: boolean2().describe("true stops every rule that names this workload, at once.").exactOptional()
});
var rotation = strictObject({
  every: duration3.describe("How old the root secret may become."),
  last: date3.describe("The day it was last replaced.").exactOptional()
});
var connection = looseObject({
  kind: string2().describe("The sort of credential it makes."),
  owner,
  contact,
  rotation: rotation.describe("When the root secret is replaced.").exactOptional()
});
var limits = strictObject({
  per_job: count.describe("Exchanges of one job.").exactOptional(),
  per_hour: count.describe("Exchanges of one workload in an hour.").exactOptional()
});
var grant = strictObject({
  purpose: text2.describe("What it is for, in one line."),
  owner,
  contact,
  review: date3.describe("The day of its next review.").exactOptional(),
  connection: reference.describe("The connection its credentials are made with."),
  scope: unknown().describe("What a credential may do. Its form is that of the kind; empty never means all."),
  ttl: duration3.describe("How long a credential lives."),
  allow: array(looseObject({ workload: reference })).min(1, "expected at least one rule: a grant without rules is refused to everybody").describe("The rules. A rule holds when all of its conditions do; the first that holds authorises."),
  limits: limits.describe("How many exchanges. Default: no limit.").exactOptional()
});
var references = union([reference, array(reference).min(1, "expected at least one name")], {
  error: "expected a name or a list of names, not empty"
});
var selection = strictObject({ name: references.exactOptional(), kind: references.exactOptional(), connection: references.exactOptional() }).refine((value) => Object.keys(value).length > 0, "expected the word all, or at least one of name, kind and connection");
var guardrail = strictObject({
  why: text2.describe("Told to those it refuses."),
  grants: union([literal("all"), selection], { error: "expected the word all, or a mapping of name, kind and connection" }),
  forbid: record(string2(), unknown()).describe("When all of these hold, the answer is no.")
});
var expectation = union([literal("allow"), literal("refuse"), strictObject({ refuse: text2 })], {
  error: "expected allow, refuse, or { refuse: the attribute, guardrail or rule that must be the reason }"
});
var scenario = strictObject({
  name: text2.describe("What is tested, as a sentence."),
  ask: reference.describe("The grant that is asked for."),
  as: looseObject({ workload: reference }).describe("The run that asks: its workload and the facts that matter."),
  expect: expectation.describe("What must come out, and for a refusal why.")
});
var SECTIONS = { issuers: issuer, workloads: workload, connections: connection, grants: grant, guardrails: guardrail };
var settingsSchema = settings;
var scenarioSchema = scenario;
var SECTION_NAMES = ["issuers", "workloads", "connections", "grants", "guardrails"];
var TOP_LEVEL_KEYS = ["jobpass", "settings", ...SECTION_NAMES, "scenarios"];
function entryOf(records2, name) {
  return Object.hasOwn(records2, name) ? records2[name] : void 0;
}
function textsOf(value) {
  if (typeof value === "string") return [value];
  if (typeof value === "boolean") return [String(value)];
  return Array.isArray(value) ? value.flatMap(textsOf) : [];
}
function kindSettings(document) {
  const { kind: _kind, owner: _owner, contact: _contact, rotation: _rotation, ...settingsOfKind } = document;
  return settingsOfKind;
}
function oneLine(value) {
  return value.trim().replaceAll(/[ \t\r\n]+/g, " ");
}
function isDate(value) {
  if (!DATE_FORM.test(value)) return false;
  const instant = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
}

// shared/policy/problem.ts
function errorAt(path, id4, message2) {
  return { path, at: "value", id: id4, severity: "error", message: message2 };
}
function errorAtKey(path, id4, message2) {
  return { path, at: "key", id: id4, severity: "error", message: message2 };
}
function formatPath(path) {
  let text4 = "";
  for (const step of path) text4 += typeof step === "number" ? `[${step}]` : text4 === "" ? step : `.${step}`;
  return text4;
}

// shared/policy/shape-problems.ts
var MAX_QUOTED_LENGTH = 60;
var MAX_LISTED_VALUES = 12;
var DEFAULT_MESSAGE = /^(Invalid|Too |Unrecognized)/;
var TYPE_WORDS = /* @__PURE__ */ new Map([
  ["object", "a mapping"],
  ["record", "a mapping"],
  ["array", "a list"],
  ["string", "text"],
  ["boolean", "true or false"],
  ["number", "a number"],
  ["int", "a whole number"],
  ["null", "nothing"],
  ["undefined", "nothing"],
  ["nonoptional", "a value"]
]);
function shapeProblems({ issues }, judged) {
  return listProblems(issues, judged);
}
function listProblems(issues, judged) {
  const misspelt = new Set(issues.filter(({ code: code2 }) => code2 === "unrecognized_keys").map(({ path }) => path.join("\n")));
  return issues.filter(({ code: code2, path }) => code2 !== "custom" || !misspelt.has(path.join("\n"))).flatMap((issue2) => issueProblems(issue2, judged));
}
function issueProblems(issue2, judged) {
  const inner = issue2.path.map(stepOf);
  const path = [...judged.path, ...inner];
  if (issue2.code === "unrecognized_keys") return issue2.keys.map((key) => unknownKey(key, path, keysAt(judged.schema, inner)));
  const value = valueAt(judged.value, inner);
  if (value === void 0) return [errorAtKey(path.slice(0, -1), "missing-key", `${lastName(path)} is missing: ${expectation2(issue2)}`)];
  if (value === null) return [errorAt(path, "empty", `${expectation2(issue2)}, found nothing`)];
  const branch = issue2.code === "invalid_union" ? meantBranch(issue2.errors) : void 0;
  if (branch !== void 0) {
    return listProblems(
      branch.map((each) => ({ ...each, path: [...inner, ...each.path] })),
      judged
    );
  }
  if (issue2.code === "invalid_key") return [errorAtKey(path, judged.otherwise, `${expectation2(issue2)}, found ${quoted(lastName(path))}`)];
  const message2 = `${expectation2(issue2)}${found(issue2, value)}`;
  if (isEmpty(value)) return [errorAt(path, "empty", message2)];
  return [errorAt(path, issue2.code === "invalid_type" ? "wrong-type" : judged.otherwise, message2)];
}
function meantBranch(branches) {
  const meant = branches.filter(([first]) => first !== void 0 && (first.path.length > 0 || !ANOTHER_FORM.includes(first.code)));
  return meant.length === 1 ? meant[0] : void 0;
}
var ANOTHER_FORM = ["invalid_type", "invalid_value"];
function unknownKey(key, parent, known) {
  const hint = suggestion(key, known);
  const valid = hint === "" && known.length > 0 && known.length <= MAX_LISTED_VALUES ? `; expected one of ${known.join(", ")}` : hint;
  return errorAtKey([...parent, key], "unknown-key", `unknown key ${quoted(key)}${valid}`);
}
function expectation2(issue2) {
  if (!DEFAULT_MESSAGE.test(issue2.message)) return issue2.message.startsWith("expected") ? issue2.message : `expected ${issue2.message}`;
  switch (issue2.code) {
    case "invalid_type":
      return `expected ${TYPE_WORDS.get(issue2.expected) ?? issue2.expected}`;
    case "invalid_value":
      return `expected ${oneOf(issue2.values.map(String))}`;
    case "too_small":
      return `expected at least ${issue2.minimum}${unitOf(issue2.origin)}`;
    case "too_big":
      return `expected at most ${issue2.maximum}${unitOf(issue2.origin)}`;
    case "invalid_format":
      return issue2.pattern === void 0 ? `expected a text of the form ${issue2.format}` : `expected a text that matches ${issue2.pattern}`;
    case "invalid_key":
      return issue2.issues[0] === void 0 ? "expected another name" : expectation2(issue2.issues[0]);
    case "invalid_union":
      return `expected ${[...new Set(issue2.errors.flatMap(firstExpectation))].join(", or ")}`;
    default:
      return "expected another value";
  }
}
function firstExpectation([first]) {
  return first === void 0 ? [] : [expectation2(first).replace(/^expected /, "")];
}
function oneOf(values) {
  if (values.length === 1) return values[0] ?? "";
  const shown2 = values.slice(0, MAX_LISTED_VALUES).join(", ");
  return `one of ${shown2}${values.length > MAX_LISTED_VALUES ? ", …" : ""}`;
}
function unitOf(origin) {
  if (origin === "string") return " characters";
  return origin === "array" || origin === "set" ? " in the list" : "";
}
function found(issue2, value) {
  if (issue2.code === "invalid_value" && typeof value === "string") {
    return `, found ${quoted(value)}${suggestion(value, issue2.values.map(String))}`;
  }
  if (typeof value === "number") {
    const isTextWanted = issue2.code === "invalid_type" && issue2.expected === "string";
    return `, found the number ${value}${isTextWanted ? ": put it in quotes" : ""}`;
  }
  if (typeof value === "string") return `, found ${quoted(value)}`;
  return `, found ${describe2(value)}`;
}
function describe2(value) {
  if (value === null || value === void 0) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return Object.keys(value).length === 0 ? "an empty mapping" : "a mapping";
  return typeof value === "string" ? quoted(value) : String(value);
}
function quoted(value) {
  return JSON.stringify(value.length > MAX_QUOTED_LENGTH ? `${value.slice(0, MAX_QUOTED_LENGTH)}…` : value);
}
function isEmpty(value) {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === "";
}
function lastName(path) {
  return String(path.at(-1) ?? "the document");
}
function stepOf(step) {
  return typeof step === "symbol" ? String(step) : step;
}
function valueAt(value, path) {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, step)) return void 0;
    current = Reflect.get(current, step);
  }
  return current;
}
function keysAt(schema, path) {
  const [step, ...rest] = path;
  if (schema instanceof ZodExactOptional || schema instanceof ZodOptional || schema instanceof ZodDefault) {
    return keysAt(schema.unwrap(), path);
  }
  if (schema instanceof ZodUnion) return [...new Set(schema.options.flatMap((option) => keysAt(option, path)))];
  if (schema instanceof ZodObject) return step === void 0 ? Object.keys(schema.shape) : keysAt(schema.shape[step], rest);
  if (schema instanceof ZodArray && step !== void 0) return keysAt(schema.element, rest);
  if (schema instanceof ZodRecord && step !== void 0) return keysAt(schema.valueType, rest);
  return [];
}

// shared/policy/scenario.ts
var SCENARIO_FAILED = "scenario-failed";
function failedScenarios(document, policy) {
  return document.scenarios.flatMap((scenario2, index) => {
    const outcome = runScenario(scenario2, policy);
    if (outcome === void 0) return [];
    const message2 = `scenario ${quoted(scenario2.name)}: ${outcome}`;
    return [{ path: ["scenarios", index], at: "value", id: SCENARIO_FAILED, severity: "error", message: message2 }];
  });
}
function runScenario(scenario2, policy) {
  const caller = scenarioCaller(scenario2, policy);
  if (caller === void 0) return "its workload is not defined";
  const decision = decide(policy, caller, scenario2.ask);
  const reasons = checkFence(caller.issuer, caller.owner) === "outside" ? FENCE_REASONS : reasonNames(decision);
  const { expect } = scenario2;
  const decided = () => {
    if (reasons === FENCE_REASONS) return "the owner is outside the fence";
    return `${describeDecision(decision)}${consideredRules(scenario2.ask, caller, policy)}`;
  };
  if (expect === "allow") return decision.outcome === "allow" ? void 0 : `expected allow, but refused: ${decided()}`;
  if (decision.outcome === "allow") return `expected a refusal, but allowed: ${decided()}`;
  if (expect === "refuse" || reasons.has(expect.refuse)) return void 0;
  return `expected ${quoted(expect.refuse)} to be a reason, but refused: ${decided()}`;
}
var MAX_CONSIDERED = 5;
function consideredRules(ask, caller, policy) {
  const { considered } = explainDecision(policy, caller, ask);
  if (considered.length < 2) return "";
  const told = considered.slice(0, MAX_CONSIDERED).map(({ rule: rule2, outcome, failures }) => {
    const failed2 = [...new Set(failures.map(({ attribute: attribute2 }) => attribute2))].join(", ");
    return `${rule2} ${CONSIDERED_WORDS[outcome]}${failed2 === "" ? "" : ` (${failed2})`}`;
  });
  const more = considered.length - told.length;
  return `. Considered: ${told.join("; ")}${more > 0 ? `; ${more} more` : ""}`;
}
var CONSIDERED_WORDS = {
  matches: "fits",
  suspended: "is for a suspended workload",
  other_workload: "is for another workload",
  conditions_fail: "does not fit"
};
var FENCE_REASONS = /* @__PURE__ */ new Set(["fence", "repository", "repository_owner", "repository_owner_id"]);
function reasonNames(decision) {
  if (decision.outcome === "allow") return /* @__PURE__ */ new Set();
  return /* @__PURE__ */ new Set([decision.cause, ...decision.reasons.flatMap(({ rule: rule2, attribute: attribute2 }) => [rule2, attribute2])]);
}
function scenarioCaller({ as }, policy) {
  const { workload: workloadName, ...facts } = as;
  const workload3 = policy.workload(workloadName);
  if (workload3 === void 0) return void 0;
  const isOwnerStated = OWNER_NAMES.some((name) => Object.hasOwn(facts, name));
  const stated2 = new Map([...identityFacts(workload3)].filter(([name]) => !(isOwnerStated && OWNER_FACTS.includes(name))));
  for (const [attribute2, value] of Object.entries(facts)) stated2.set(attribute2, textsOf(value)[0] ?? "");
  return callerFrom(stated2, workload3.issuer, isOwnerStated);
}
var OWNER_NAMES = ["repository", "repository_owner"];
var OWNER_FACTS = ["repository_owner", "repository_owner_id"];
function identityFacts({ is }) {
  return new Map(
    is.flatMap(({ attribute: attribute2, patterns: [first] }) => first === void 0 ? [] : [[attribute2, instanceOf(first)]])
  );
}
function callerFrom(stated2, issuer3, isOwnerStated) {
  const name = issuer3.platform.complete(stated2).get("repository_owner");
  const fenced = issuer3.owners.find((entry) => name !== void 0 && sameText(entry.name, name, true));
  const assumed = fenced ?? (isOwnerStated ? void 0 : issuer3.owners[0]);
  if (assumed !== void 0 && !stated2.has("repository_owner_id")) stated2.set("repository_owner_id", assumed.id);
  if (assumed !== void 0 && name === void 0) stated2.set("repository_owner", assumed.name);
  const attributes2 = issuer3.platform.complete(stated2);
  const owner3 = { id: attributes2.get("repository_owner_id") ?? "", name: attributes2.get("repository_owner") ?? "" };
  return { issuer: issuer3, owner: owner3, attributes: attributes2 };
}
function instanceOf({ text: text4, automaton }) {
  if (automaton === void 0) return text4;
  return patternElements(text4, false).map((element) => typeof element === "number" ? String.fromCharCode(element) : "x").join("");
}

// shared/policy/coverage.ts
var UNTESTED_RULE = "untested-rule";
var UNTESTED_CONDITION = "untested-condition";
var UNTESTED_GUARDRAIL = "untested-guardrail";
function coverageOf(document, policy) {
  const tested = { rules: /* @__PURE__ */ new Set(), conditions: /* @__PURE__ */ new Set(), guardrails: /* @__PURE__ */ new Set() };
  for (const scenario2 of document.scenarios) {
    const caller = scenarioCaller(scenario2, policy);
    const grant3 = policy.grant(scenario2.ask);
    if (caller === void 0 || grant3 === void 0 || checkFence(caller.issuer, caller.owner) === "outside") continue;
    note(caller, grant3, policy, tested);
  }
  const rules2 = grantsOf(policy).flatMap(
    (grant3) => grant3.rules.map((rule2, index) => ({ rule: rule2, path: ["grants", grant3.name, "allow", index] }))
  );
  const conditions2 = rules2.flatMap(
    ({ rule: rule2, path }) => stated(rule2).map((condition) => ({ condition, path: [...path, condition.attribute] }))
  );
  const problems = [
    ...rules2.flatMap(
      ({ rule: rule2, path }) => tested.rules.has(rule2) ? [] : [untested(UNTESTED_RULE, path, `no scenario is allowed by the rule ${rule2.name}`)]
    ),
    ...conditions2.flatMap(({ condition, path }) => {
      const message2 = `no scenario is refused for ${condition.attribute} alone`;
      return tested.conditions.has(condition) ? [] : [untested(UNTESTED_CONDITION, path, message2)];
    }),
    ...policy.guardrails.flatMap(
      ({ name }) => tested.guardrails.has(name) ? [] : [untested(UNTESTED_GUARDRAIL, ["guardrails", name], `no scenario meets the guardrail ${name}`)]
    )
  ];
  return {
    rules: { tested: tested.rules.size, all: rules2.length },
    conditions: { tested: tested.conditions.size, all: conditions2.length },
    guardrails: { tested: tested.guardrails.size, all: policy.guardrails.length },
    problems
  };
}
function note(caller, grant3, policy, tested) {
  const decision = decide(policy, caller, grant3.name);
  if (decision.outcome === "allow") tested.rules.add(decision.rule);
  for (const guardrail2 of policy.guardrails) if (forbids(guardrail2, grant3, caller)) tested.guardrails.add(guardrail2.name);
  if (decision.outcome === "allow") return;
  for (const rule2 of grant3.rules) {
    const failed2 = rule2.conditions.filter((condition) => !conditionHolds(condition, caller.attributes));
    const [only] = failed2;
    if (only === void 0 || failed2.length > 1 || only.byDefault === true) continue;
    if (identify(rule2.workload, caller).matches) tested.conditions.add(only);
  }
}
function stated({ conditions: conditions2 }) {
  return conditions2.filter(({ byDefault }) => byDefault !== true);
}
function untested(id4, path, message2) {
  return { path, at: "key", id: id4, severity: "info", message: message2 };
}

// shared/kinds/kind.ts
var SECRET_NAME = /^UPSTREAM_[A-Z0-9_]{1,100}$/;

// shared/kinds/connection-parts.ts
var secretReference = strictObject({
  secret: string2().regex(SECRET_NAME, "the name of a binding that begins with UPSTREAM_")
});
var HOST = "[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?";
var LOOPBACK = "(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\])";
var PATH = "(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?";
var API_URL = new RegExp(`^(?:https://(?:${HOST}|\\[::1\\])|http://${LOOPBACK})(?::[0-9]{1,5})?${PATH}$`);
var MAX_URL_CHARS = 255;
var apiUrl = string2().max(MAX_URL_CHARS, `at most ${MAX_URL_CHARS} characters`).regex(API_URL, "an https URL with a lower-case host and no user, query or fragment (http only on loopback)");

// shared/kinds/inclusion.ts
function firstOutside(asked5, allowed) {
  return asked5.find((member) => !allowed.includes(member));
}
function meetOf(allowed, asked5) {
  return [...new Set(allowed)].filter((member) => asked5.includes(member));
}
function compareSets(base, head) {
  return comparisonOf(
    head.every((member) => base.includes(member)),
    base.every((member) => head.includes(member))
  );
}
function comparisonOf(baseHoldsHead, headHoldsBase) {
  if (baseHoldsHead && headHoldsBase) return "same";
  if (baseHoldsHead) return "narrower";
  return headHoldsBase ? "wider" : "other";
}
function combineComparisons(parts) {
  return comparisonOf(
    parts.every((part2) => part2 === "same" || part2 === "narrower"),
    parts.every((part2) => part2 === "same" || part2 === "wider")
  );
}

// shared/kinds/cloudflare-token.ts
var MAX_LIST = 100;
var CLOUDFLARE_ID = /^[0-9a-f]{32}$/;
var cloudflareId = string2().regex(CLOUDFLARE_ID, "an id of 32 hex digits");
var permissionGroup = string2().regex(/^[A-Za-z0-9](?:[A-Za-z0-9 .,:&()/_'+-]{0,118}[A-Za-z0-9)])?$/, "the name or id of a permission group");
var bucket = string2().regex(/^(?:[a-z]{2,16}\/)?[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/, "the name of a bucket, or jurisdiction/name such as eu/logs");
function listOf(member) {
  return array(member).min(1, "at least one: an empty list never means all").max(MAX_LIST, `at most ${MAX_LIST}`).refine((members2) => new Set(members2).size === members2.length, "each one once");
}
var resources = union(
  [
    literal("account"),
    strictObject({ zones: union([literal("all"), listOf(cloudflareId)]) }),
    strictObject({ buckets: listOf(bucket) })
  ],
  { error: "account, { zones: all }, { zones: [id..] } or { buckets: [name..] }" }
);
var connection2 = strictObject({
  account_id: cloudflareId,
  token: secretReference,
  api_url: apiUrl.exactOptional()
});
var asked = strictObject({
  permissions: listOf(permissionGroup).exactOptional(),
  resources: resources.exactOptional(),
  pin_address: boolean2().exactOptional()
}).refine((given) => Object.keys(given).length > 0, "permissions, resources or pin_address");
function setOf(given) {
  if (given === "account") return { sort: "account", members: void 0 };
  if ("zones" in given) return { sort: "zones", members: given.zones === "all" ? void 0 : given.zones };
  return { sort: "buckets", members: given.buckets };
}
function narrowResources(scope3, wanted) {
  const [limit, given] = [setOf(scope3), setOf(wanted)];
  if (limit.sort !== given.sort) return err({ field: "resources", asked: given.sort });
  const { members: members2 } = limit;
  if (members2 === void 0) return ok(wanted);
  const field = `resources.${given.sort}`;
  if (given.members === void 0) return err({ field, asked: "all" });
  const beyond = firstOutside(given.members, members2);
  return beyond === void 0 ? ok(wanted) : err({ field, asked: beyond });
}
function narrow(scope3, wanted) {
  const permissions2 = wanted.permissions ?? scope3.permissions;
  const beyond = firstOutside(permissions2, scope3.permissions);
  if (beyond !== void 0) return err({ field: "permissions", asked: beyond });
  const where = narrowResources(scope3.resources, wanted.resources ?? scope3.resources);
  if (!where.ok) return where;
  if (scope3.pin_address === true && wanted.pin_address === false) return err({ field: "pin_address", asked: "false" });
  const pinned = scope3.pin_address === true || wanted.pin_address === true;
  return ok({ permissions: permissions2, resources: where.value, ...pinned ? { pin_address: true } : {} });
}
function compareResources(base, head) {
  const [before, after] = [setOf(base), setOf(head)];
  if (before.sort !== after.sort) return "other";
  if (before.members !== void 0 && after.members !== void 0) return compareSets(before.members, after.members);
  return comparisonOf(before.members === void 0, after.members === void 0);
}
function compare(base, head) {
  const [pinnedBefore, pinnedAfter] = [base.pin_address === true, head.pin_address === true];
  return combineComparisons([
    compareSets(base.permissions, head.permissions),
    compareResources(base.resources, head.resources),
    comparisonOf(pinnedAfter || !pinnedBefore, pinnedBefore || !pinnedAfter)
  ]);
}
function summary(scope3) {
  const { sort, members: members2 } = setOf(scope3.resources);
  const where = sort === "account" ? "the account" : members2 === void 0 ? `all ${sort}` : `${sort} ${members2.join(", ")}`;
  const from = scope3.pin_address === true ? " from the caller's address" : "";
  return `${scope3.permissions.join(", ")} on ${where}${from}`;
}
var cloudflareToken = {
  name: "cloudflare-token",
  tokenType: "urn:ietf:params:oauth:token-type:access_token",
  bearer: "Bearer",
  connection: connection2,
  scope: strictObject({ permissions: listOf(permissionGroup), resources, pin_address: boolean2().exactOptional() }),
  asked,
  credential: strictObject({ token: string2().min(1) }),
  secrets: ["token"],
  lifetime: { min: 1, max: 86400, enforced: "upstream" },
  revocation: "broker",
  minted: "upstream",
  holderKey: false,
  encode: (credential3) => credential3.token,
  narrow,
  compare,
  summary,
  secretNames: (given) => [given.token.secret]
};

// shared/kinds/github-permissions.ts
var PERMISSION_LEVELS = ["read", "write", "admin"];
var READ = ["read"];
var WRITE = ["write"];
var READ_WRITE = ["read", "write"];
var READ_WRITE_ADMIN = ["read", "write", "admin"];
var REPOSITORY_PERMISSIONS = {
  actions: READ_WRITE,
  administration: READ_WRITE,
  artifact_metadata: READ_WRITE,
  attestations: READ_WRITE,
  checks: READ_WRITE,
  code_quality: READ_WRITE,
  codespaces: READ_WRITE,
  contents: READ_WRITE,
  dependabot_secrets: READ_WRITE,
  deployments: READ_WRITE,
  discussions: READ_WRITE,
  environments: READ_WRITE,
  issues: READ_WRITE,
  merge_queues: READ_WRITE,
  metadata: READ_WRITE,
  packages: READ_WRITE,
  pages: READ_WRITE,
  pull_requests: READ_WRITE,
  repository_custom_properties: READ_WRITE,
  repository_hooks: READ_WRITE,
  repository_projects: READ_WRITE_ADMIN,
  secret_scanning_alerts: READ_WRITE,
  secrets: READ_WRITE,
  security_events: READ_WRITE,
  single_file: READ_WRITE,
  statuses: READ_WRITE,
  vulnerability_alerts: READ_WRITE,
  workflows: WRITE
};
var ORGANIZATION_PERMISSIONS = {
  custom_properties_for_organizations: READ_WRITE,
  enterprise_custom_properties_for_organizations: READ_WRITE_ADMIN,
  members: READ_WRITE,
  organization_administration: READ_WRITE,
  organization_announcement_banners: READ_WRITE,
  organization_copilot_agent_settings: READ_WRITE,
  organization_copilot_seat_management: READ_WRITE,
  organization_custom_org_roles: READ_WRITE,
  organization_custom_properties: READ_WRITE_ADMIN,
  organization_custom_roles: READ_WRITE,
  organization_events: READ,
  organization_hooks: READ_WRITE,
  organization_packages: READ_WRITE,
  organization_personal_access_token_requests: READ_WRITE,
  organization_personal_access_tokens: READ_WRITE,
  organization_plan: READ,
  organization_projects: READ_WRITE_ADMIN,
  organization_secrets: READ_WRITE,
  organization_self_hosted_runners: READ_WRITE,
  organization_user_blocking: READ_WRITE
};
var ACCOUNT_PERMISSIONS = {
  email_addresses: READ_WRITE,
  followers: READ_WRITE,
  git_ssh_keys: READ_WRITE,
  gpg_keys: READ_WRITE,
  interaction_limits: READ_WRITE,
  profile: WRITE,
  starring: READ_WRITE
};
var GITHUB_PERMISSIONS = {
  ...REPOSITORY_PERMISSIONS,
  ...ORGANIZATION_PERMISSIONS,
  ...ACCOUNT_PERMISSIONS
};
function isWithinLevel(level, limit) {
  return PERMISSION_LEVELS.indexOf(level) <= PERMISSION_LEVELS.indexOf(limit);
}

// shared/kinds/github-app.ts
var MAX_REPOSITORIES = 500;
var id3 = string2().regex(/^[1-9][0-9]{0,18}$/, 'a quoted id of digits, such as "12345"');
var account = string2().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, "the login of an organisation or user");
var repositoryName = string2().regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/, "a repository's name without its owner, with no wildcard");
var repositories = union(
  [
    literal("all"),
    array(repositoryName).min(1, "at least one repository: an empty list would mean all of them").max(MAX_REPOSITORIES, `at most ${MAX_REPOSITORIES} repositories`).refine(areDistinct, "each repository once")
  ],
  { error: '"all" or a list of repository names without owner' }
);
var repositoryId = id3.refine((text4) => Number.isSafeInteger(Number(text4)), "an id of at most 16 digits");
var repositoryIds = record(repositoryName, repositoryId).refine((given) => Object.keys(given).length > 0, "at least one repository with its id").refine(
  (given) => areDistinct(Object.keys(given).map(foldAscii)) && areDistinct(Object.values(given)),
  "each repository and each id once"
);
function areDistinct(texts) {
  return new Set(texts).size === texts.length;
}
var permissionShape = Object.fromEntries(
  Object.entries(GITHUB_PERMISSIONS).map(([name, levels]) => [name, _enum(levels).exactOptional()])
);
var permissions = strictObject(permissionShape).refine((given) => Object.keys(given).length > 0, "at least one permission: an empty list would mean all of them");
var connection3 = strictObject({
  app_id: id3,
  account,
  installation_id: id3.exactOptional(),
  private_key: secretReference,
  repository_ids: repositoryIds.exactOptional(),
  api_url: apiUrl.exactOptional()
});
var asked2 = strictObject({ repositories: repositories.exactOptional(), permissions: permissions.exactOptional() }).refine((given) => Object.keys(given).length > 0, "repositories or permissions");
function levelOf(given, name) {
  return Object.hasOwn(given, name) ? given[name] : void 0;
}
function isPermissionWithin(limit, name, level) {
  const most = levelOf(limit, name);
  return most !== void 0 && isWithinLevel(level, most);
}
function narrowRepositories(scope3, wanted) {
  if (scope3 === "all") return ok(wanted);
  if (wanted === "all") return err({ field: "repositories", asked: "all" });
  const beyond = firstOutside(wanted, scope3);
  return beyond === void 0 ? ok(wanted) : err({ field: "repositories", asked: beyond });
}
function narrowPermissions(scope3, wanted) {
  for (const [name, level] of Object.entries(wanted)) {
    if (!isPermissionWithin(scope3, name, level)) return err({ field: `permissions.${name}`, asked: level });
  }
  return ok(wanted);
}
function narrow2(scope3, wanted) {
  const names = narrowRepositories(scope3.repositories, wanted.repositories ?? scope3.repositories);
  if (!names.ok) return names;
  const levels = narrowPermissions(scope3.permissions, wanted.permissions ?? scope3.permissions);
  if (!levels.ok) return levels;
  return ok({ repositories: names.value, permissions: levels.value });
}
function compareRepositories(base, head) {
  if (base !== "all" && head !== "all") return compareSets(base, head);
  return comparisonOf(base === "all", head === "all");
}
function holds(limit, given) {
  return Object.entries(given).every(([name, level]) => isPermissionWithin(limit, name, level));
}
function compare2(base, head) {
  return combineComparisons([
    compareRepositories(base.repositories, head.repositories),
    comparisonOf(holds(base.permissions, head.permissions), holds(head.permissions, base.permissions))
  ]);
}
function summary2(scope3) {
  const levels = Object.entries(scope3.permissions).map(([name, level]) => `${name}: ${level}`);
  const where = scope3.repositories === "all" ? "all repositories" : scope3.repositories.join(", ");
  return `${levels.join(", ")} on ${where}`;
}
var githubApp = {
  name: "github-app",
  tokenType: "urn:ietf:params:oauth:token-type:access_token",
  bearer: "Bearer",
  connection: connection3,
  scope: strictObject({ repositories, permissions }),
  asked: asked2,
  credential: strictObject({ token: string2().min(1) }),
  secrets: ["token"],
  lifetime: { min: 1, max: 3600, enforced: "broker" },
  revocation: "broker",
  minted: "upstream",
  holderKey: false,
  encode: (credential3) => credential3.token,
  narrow: narrow2,
  compare: compare2,
  summary: summary2,
  secretNames: (given) => [given.private_key.secret]
};

// shared/kinds/jwt.ts
var RESERVED_CLAIMS = [
  ...["iss", "sub", "aud", "exp", "nbf", "iat", "jti"],
  ...["client_id", "scope", "ci"],
  ...["cnf", "act", "may_act", "azp", "authorization_details"],
  ...["auth_time", "acr", "amr", "nonce", "at_hash", "c_hash", "sid", "events"],
  ...["active", "token_type", "username"]
];
var scopeToken = string2().max(256).regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "a scope of printable ASCII without space, quote or backslash");
var claimName = string2().min(1).max(256).refine((name) => !RESERVED_CLAIMS.includes(name), `a claim name that is not reserved (${RESERVED_CLAIMS.slice(0, 10).join(", ")}, …)`);
var scope = strictObject({
  scopes: array(scopeToken).min(1).max(100).exactOptional(),
  claims: record(claimName, string2().max(1024)).refine((claims) => Object.keys(claims).length > 0, "at least one claim").refine((claims) => Object.keys(claims).length <= 50, "at most 50 claims").exactOptional()
}).refine((value) => value.scopes !== void 0 || value.claims !== void 0, "at least one of scopes and claims");
var connection4 = strictObject({
  audience: string2().min(1).max(512).regex(/^\S+$/, "an audience without white space"),
  algorithm: _enum(["ES256", "RS256"]).default("ES256"),
  resource_servers: array(string2().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "the name of a workload")).min(1).exactOptional()
});
var asked3 = strictObject({ scopes: array(scopeToken).min(1).max(100) });
var credential = strictObject({ token: string2().min(1) });
var jwt = {
  name: "jwt",
  tokenType: "urn:ietf:params:oauth:token-type:jwt",
  bearer: "Bearer",
  connection: connection4,
  scope,
  asked: asked3,
  credential,
  secrets: ["token"],
  lifetime: { min: 1, max: 43200, enforced: "upstream" },
  revocation: "broker",
  minted: "broker",
  holderKey: false,
  encode: (credential3) => credential3.token,
  narrow: narrow3,
  compare: compare3,
  summary: summary3,
  secretNames: () => []
};
function narrow3(granted, asked5) {
  const allowed = granted.scopes ?? [];
  const outside = firstOutside(asked5.scopes, allowed);
  if (outside !== void 0) return err({ field: "scopes", asked: outside });
  return ok({ ...granted, scopes: meetOf(allowed, asked5.scopes) });
}
function compare3(base, head) {
  return combineComparisons([compareSets(base.scopes ?? [], head.scopes ?? []), compareClaims(base.claims ?? {}, head.claims ?? {})]);
}
function compareClaims(base, head) {
  const names = /* @__PURE__ */ new Set([...Object.keys(base), ...Object.keys(head)]);
  return [...names].every((name) => base[name] === head[name]) ? "same" : "other";
}
function summary3(granted) {
  const parts = [];
  if (granted.scopes !== void 0) parts.push(`scopes ${granted.scopes.join(", ")}`);
  if (granted.claims !== void 0) {
    parts.push(
      `claims ${Object.entries(granted.claims).map(([name, value]) => `${name}=${value}`).join(", ")}`
    );
  }
  return parts.join(" · ");
}

// shared/kinds/address.ts
var FAMILY_BITS = { 4: 32, 6: 128 };
function parseCidr(text4) {
  const [addressText = "", lengthText, ...rest] = text4.split("/");
  const address = parseAddress(addressText);
  if (address === void 0 || rest.length > 0) return void 0;
  const bits = FAMILY_BITS[address.family];
  const length = lengthText === void 0 ? bits : parseMaskLength(lengthText, bits);
  if (length === void 0) return void 0;
  const hostMask = (1n << BigInt(bits - length)) - 1n;
  if ((address.value & hostMask) !== 0n) return void 0;
  return { family: address.family, first: address.value, last: address.value | hostMask };
}
function parseMaskLength(text4, bits) {
  if (!/^(0|[1-9][0-9]{0,2})$/.test(text4)) return void 0;
  const length = Number(text4);
  return length <= bits ? length : void 0;
}
function parseAddress(text4) {
  return text4.includes(":") ? parseAddress6(text4) : parseAddress4(text4);
}
function parseAddress4(text4) {
  const parts = text4.split(".");
  if (parts.length !== 4) return void 0;
  let value = 0n;
  for (const part2 of parts) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part2) || Number(part2) > 255) return void 0;
    value = value << 8n | BigInt(part2);
  }
  return { family: 4, value };
}
function parseAddress6(text4) {
  const [head = "", tail, ...rest] = text4.split("::");
  if (rest.length > 0) return void 0;
  const before = head === "" ? [] : head.split(":");
  const after = tail === void 0 || tail === "" ? [] : tail.split(":");
  const missing2 = 8 - before.length - after.length;
  if (tail === void 0 ? missing2 !== 0 : missing2 < 1) return void 0;
  const groups = [...before, ...new Array(missing2).fill("0"), ...after];
  let value = 0n;
  for (const group of groups) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return void 0;
    value = value << 16n | BigInt(`0x${group}`);
  }
  return { family: 6, value };
}
function coversAll(outer, inner) {
  const merged = mergeRanges(outer);
  return inner.every(
    (range) => merged.some((whole) => whole.family === range.family && whole.first <= range.first && range.last <= whole.last)
  );
}
function mergeRanges(ranges) {
  const sorted = [...ranges].sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1));
  const merged = [];
  for (const range of sorted) {
    const previous = merged.at(-1);
    const touches = previous !== void 0 && previous.family === range.family && range.first <= previous.last + 1n;
    if (!touches) merged.push(range);
    else if (range.last > previous.last) merged[merged.length - 1] = { ...previous, last: range.last };
  }
  return merged;
}

// shared/kinds/ssh-cert.ts
var SSH_EXTENSIONS = [
  "permit-pty",
  "permit-port-forwarding",
  "permit-agent-forwarding",
  "permit-X11-forwarding",
  "permit-user-rc",
  "no-touch-required"
];
var principal = string2().min(1).max(255).regex(/^[^\s\p{Cc},"'*?!]+$/u, "a principal without white space, comma, quote or wildcard");
var command = string2().max(4096).regex(/^[^\p{Cc}]+$/u, "a command on one line").refine((text4) => text4.trim() !== "", "a command on one line");
var cidr = string2().max(64).refine((text4) => parseCidr(text4) !== void 0, "an address or CIDR range with no bits below its mask");
var fields = {
  principals: array(principal).min(1).max(64),
  force_command: command.exactOptional(),
  source_address: union([literal("caller"), array(cidr).min(1).max(64)], { error: "the word caller, or a list of CIDR ranges" }).exactOptional(),
  extensions: array(_enum(SSH_EXTENSIONS)).min(1).max(SSH_EXTENSIONS.length).exactOptional()
};
var connection5 = strictObject({ ca: literal("ed25519") });
var scope2 = strictObject(fields);
var asked4 = strictObject({ ...fields, principals: fields.principals.exactOptional() }).refine((value) => Object.keys(value).length > 0, "at least one of principals, force_command, source_address and extensions");
var credential2 = strictObject({
  certificate: string2().min(1),
  ca: string2().min(1),
  principals: array(string2().min(1)).min(1),
  serial: string2().regex(/^[1-9][0-9]{0,19}$/),
  key_id: string2().min(1)
});
var sshCert = {
  name: "ssh-cert",
  tokenType: "urn:jobpass:params:credential:ssh-cert",
  bearer: "N_A",
  connection: connection5,
  scope: scope2,
  asked: asked4,
  credential: credential2,
  secrets: [],
  lifetime: { min: 1, max: 43200, enforced: "upstream" },
  revocation: "none",
  minted: "broker",
  holderKey: true,
  encode: (credential3) => JSON.stringify(credential3),
  narrow: narrow4,
  compare: compare4,
  summary: summary4,
  secretNames: () => []
};
function narrow4(granted, asked5) {
  const exceeded = excessOf(granted, asked5);
  if (exceeded !== void 0) return err(exceeded);
  return ok({
    ...granted,
    ...asked5,
    principals: asked5.principals === void 0 ? granted.principals : meetOf(granted.principals, asked5.principals),
    ...asked5.extensions !== void 0 && { extensions: meetOf(granted.extensions ?? [], asked5.extensions) }
  });
}
function excessOf(granted, asked5) {
  const principalOutside = firstOutside(asked5.principals ?? [], granted.principals);
  if (principalOutside !== void 0) return { field: "principals", asked: principalOutside };
  const extensionOutside = firstOutside(asked5.extensions ?? [], granted.extensions ?? []);
  if (extensionOutside !== void 0) return { field: "extensions", asked: extensionOutside };
  if (!holdsCommand(granted.force_command, asked5.force_command)) return { field: "force_command", asked: String(asked5.force_command) };
  return addressOutside(granted.source_address, asked5.source_address);
}
function holdsCommand(granted, asked5) {
  return asked5 === void 0 || granted === void 0 || granted === asked5;
}
function addressOutside(granted, asked5) {
  if (asked5 === void 0 || granted === void 0) return void 0;
  if (asked5 === "caller") return granted === "caller" ? void 0 : { field: "source_address", asked: asked5 };
  const outside = asked5.find((range) => granted === "caller" || !coversAll(rangesOf(granted), rangesOf([range])));
  return outside === void 0 ? void 0 : { field: "source_address", asked: outside };
}
function compare4(base, head) {
  return combineComparisons([
    compareSets(base.principals, head.principals),
    compareSets(base.extensions ?? [], head.extensions ?? []),
    comparisonOf(
      base.force_command === void 0 || base.force_command === head.force_command,
      head.force_command === void 0 || base.force_command === head.force_command
    ),
    comparisonOf(holdsAddress(base.source_address, head.source_address), holdsAddress(head.source_address, base.source_address))
  ]);
}
function holdsAddress(outer, inner) {
  if (outer === void 0) return true;
  return inner !== void 0 && addressOutside(outer, inner) === void 0;
}
function rangesOf(ranges) {
  return ranges.map(parseCidr).filter((range) => range !== void 0);
}
function summary4(granted) {
  const parts = [`principals ${granted.principals.join(", ")}`];
  if (granted.force_command !== void 0) parts.push(`only runs ${granted.force_command}`);
  if (granted.source_address !== void 0)
    parts.push(`from ${granted.source_address === "caller" ? "the caller" : granted.source_address.join(", ")}`);
  parts.push(granted.extensions === void 0 ? "no extensions" : `extensions ${granted.extensions.join(", ")}`);
  return parts.join(" · ");
}

// shared/kinds/index.ts
var kinds = {
  "cloudflare-token": cloudflareToken,
  "github-app": githubApp,
  jwt,
  "ssh-cert": sshCert
};
var KIND_NAMES = ["cloudflare-token", "github-app", "jwt", "ssh-cert"];
function isKindName(name) {
  return Object.hasOwn(kinds, name);
}
function kindOf(name) {
  return kinds[name];
}

// shared/policy/check-conditions.ts
var DECIMAL_ID2 = /^[1-9][0-9]*$/;
var ONLY_WILDCARDS = /^\*+$/;
function checkConditions(conditions2, place3, report) {
  for (const [name, value] of Object.entries(conditions2)) {
    const path = [...place3.path, name];
    const form = attributeForm(name, place3, path, report);
    if (form !== void 0) checkValue(value, { name, form, path }, report);
  }
}
function attributeForm(name, place3, path, report) {
  const excluded = place3.excluded?.get(name) ?? firstDefined(place3.platforms, (platform) => platform.neverConditions.get(name));
  if (excluded !== void 0) {
    report(errorAtKey(path, "forbidden-attribute", `${name} is never a condition here: ${excluded}`));
    return void 0;
  }
  const form = firstDefined(place3.platforms, (platform) => platform.attribute(name));
  if (form === void 0) {
    const known = place3.platforms.flatMap((platform) => platform.attributeNames);
    report(errorAtKey(path, "unknown-attribute", `unknown attribute ${quoted(name)}${suggestion(name, known)}`));
  }
  return form;
}
function checkValue(value, written, report) {
  if (!Array.isArray(value)) {
    checkOne(value, written, report);
    return;
  }
  if (value.length === 0) {
    report(errorAt(written.path, "empty", `${written.name}: expected at least one pattern; an empty list would match nothing`));
  }
  value.forEach((entry, index) => {
    checkOne(entry, { ...written, path: [...written.path, index] }, report);
  });
}
function checkOne(value, { name, form, path }, report) {
  const text4 = conditionText(value);
  if (typeof text4 === "object") report(errorAt(path, text4.id, `${name}: ${text4.message}`));
  else {
    const fault = patternFault(text4, form);
    if (fault !== void 0) report(errorAt(path, fault.id, `${name}: ${fault.message}`));
  }
}
function conditionText(value) {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (value === null || value === void 0) return { id: "empty", message: "expected a pattern, found nothing" };
  const advice = typeof value === "number" ? ": put ids and numbers in quotes" : "";
  return { id: "wrong-type", message: `expected text or a list of texts, found ${describe2(value)}${advice}` };
}
function patternFault(text4, form) {
  return textFault(text4) ?? wildcardFault(text4, form) ?? valueFault(text4, form);
}
function textFault(text4) {
  if (text4 === "") return { id: "empty", message: "an empty pattern never matches: a missing or empty fact counts as absent" };
  if (text4.length > MAX_PATTERN_LENGTH) {
    return { id: "invalid-pattern", message: `expected at most ${MAX_PATTERN_LENGTH} characters, found ${text4.length}` };
  }
  if (text4.trim() !== text4) return { id: "invalid-pattern", message: `expected no space around ${quoted(text4)}` };
  if (hasControlCharacter(text4)) return { id: "invalid-pattern", message: `expected no control characters in ${quoted(text4)}` };
  return void 0;
}
function wildcardFault(text4, form) {
  if (!text4.includes("*")) return void 0;
  if (form.match === "exact") return { id: "wildcard-not-allowed", message: `this attribute is compared exactly: no * in ${quoted(text4)}` };
  if (ONLY_WILDCARDS.test(text4))
    return { id: "matches-everything", message: `${quoted(text4)} could match everything: leave the attribute out or be exact` };
  return void 0;
}
function valueFault(text4, form) {
  if (form.form === "id" && !DECIMAL_ID2.test(text4)) {
    return { id: "wrong-value", message: `expected a decimal id without a leading zero, found ${quoted(text4)}` };
  }
  if (form.form === "boolean" && text4 !== "true" && text4 !== "false") {
    return { id: "wrong-value", message: `expected true or false, found ${quoted(text4)}` };
  }
  if (form.form === "word" && !form.values?.includes(text4)) return wordFault(text4, form.values ?? []);
  if (form.prefix !== void 0 && !text4.startsWith(form.prefix) && !text4.startsWith("*")) {
    return { id: "invalid-pattern", message: `expected ${form.prefix}… in full (${form.prefix}heads/${text4}?), found ${quoted(text4)}` };
  }
  return form.literalOwner === true ? ownerFault(text4) : void 0;
}
function wordFault(text4, values) {
  const hint = suggestion(text4, values);
  const valid = hint === "" && values.length <= 5 ? `; expected one of ${values.join(", ")}` : hint;
  return { id: "wrong-value", message: `unknown value ${quoted(text4)}${valid}` };
}
function ownerFault(text4) {
  const slash = text4.indexOf("/");
  const owner3 = text4.slice(0, Math.max(slash, 0));
  if (owner3.includes("*") || slash < 0 && text4.includes("*")) {
    return { id: "wildcard-not-allowed", message: `expected the owner written out before the first /, found ${quoted(text4)}` };
  }
  if (owner3 === "" || slash === text4.length - 1) return { id: "invalid-pattern", message: `expected owner/name, found ${quoted(text4)}` };
  return void 0;
}
function firstDefined(items, read2) {
  for (const item of items) {
    const value = read2(item);
    if (value !== void 0) return value;
  }
  return void 0;
}

// shared/policy/check-access.ts
function checkConnections(context) {
  for (const [name, connection7] of Object.entries(context.document.connections)) {
    const path = ["connections", name];
    const kind = checkKindName(connection7.kind, [...path, "kind"], context);
    if (kind !== void 0) checkKindSettings(connection7, { kind, path }, context);
  }
}
function checkKindName(name, path, { report }) {
  if (isKindName(name)) return kindOf(name);
  const hint = suggestion(name, KIND_NAMES) || `; expected one of ${KIND_NAMES.join(", ")}`;
  report(errorAt(path, "undefined-name", `unknown kind ${quoted(name)}${hint}`));
  return void 0;
}
function checkKindSettings(connection7, { kind, path }, context) {
  const value = kindSettings(connection7);
  const parsed = kind.connection.safeParse(value);
  if (!parsed.success) {
    const judged = { schema: kind.connection, value, path, otherwise: "invalid-connection" };
    for (const problem of shapeProblems(parsed.error, judged)) context.report(problem);
    return;
  }
  for (const secret of kind.secretNames(parsed.data)) {
    if (!SECRET_NAME.test(secret)) context.report(errorAt(path, "invalid-connection", `${quoted(secret)} is no binding named UPSTREAM_*`));
  }
  const servers = Object.hasOwn(value, "resource_servers") ? value.resource_servers : void 0;
  textsOf(servers).forEach((name, index) => {
    context.isDefined("workloads", name, [...path, "resource_servers", index]);
  });
}
function checkGrants(context) {
  for (const [name, grant3] of Object.entries(context.document.grants)) {
    const path = ["grants", name];
    context.isDefined("connections", grant3.connection, [...path, "connection"]);
    const connection7 = entryOf(context.document.connections, grant3.connection);
    const kind = connection7 !== void 0 && isKindName(connection7.kind) ? kindOf(connection7.kind) : void 0;
    checkScope(grant3, { kind, path }, context);
    checkTtl(grant3, { kind, path }, context);
    grant3.allow.forEach((rule2, index) => {
      checkRule(rule2, [...path, "allow", index], context);
    });
  }
}
function checkScope({ scope: value }, { kind, path: grantPath }, { report }) {
  const path = [...grantPath, "scope"];
  if (value === null || typeof value === "object" && Object.keys(value).length === 0) {
    report(errorAt(path, "empty", `expected a scope, found ${describe2(value)}: empty never means all`));
  } else if (kind !== void 0) {
    const parsed = kind.scope.safeParse(value);
    if (parsed.success) return;
    for (const problem of shapeProblems(parsed.error, { schema: kind.scope, value, path, otherwise: "invalid-scope" })) report(problem);
  }
}
function checkTtl({ ttl }, { kind, path }, { report }) {
  if (kind === void 0 || (parseDuration(ttl) ?? 0) >= kind.lifetime.min) return;
  const message2 = `${ttl} is shorter than a ${kind.name} credential can live, which is ${formatDuration(kind.lifetime.min)}`;
  report(errorAt([...path, "ttl"], "ttl-out-of-range", message2));
}
function checkRule({ workload: workload3, ...conditions2 }, path, context) {
  context.isDefined("workloads", workload3, [...path, "workload"]);
  const platforms2 = context.platformsOf(workload3);
  checkConditions(conditions2, { path, platforms: platforms2 }, context.report);
  const weak = platforms2.flatMap((platform) => platform.weakAttributes);
  if (Object.keys(conditions2).some((name) => !weak.includes(name))) return;
  const message2 = `expected a condition besides workload, such as ref or environment (${weak.join(" and ")} do not count)`;
  context.report(errorAt(path, "unconditional-rule", message2));
}
function checkGuardrails(context) {
  const { document, report, platformsInUse } = context;
  for (const [name, guardrail2] of Object.entries(document.guardrails)) {
    const path = ["guardrails", name];
    if (guardrail2.grants !== "all") checkSelection(guardrail2.grants, [...path, "grants"], context);
    if (Object.keys(guardrail2.forbid).length === 0) {
      report(errorAt([...path, "forbid"], "empty", "expected at least one attribute: an empty prohibition would forbid everything"));
    }
    checkConditions(guardrail2.forbid, { path: [...path, "forbid"], platforms: platformsInUse }, report);
  }
}
function checkSelection(selection2, path, context) {
  const each = (key, check2) => {
    const value = selection2[key];
    const inList = Array.isArray(value);
    textsOf(value).forEach((name, index) => {
      check2(name, inList ? [...path, key, index] : [...path, key]);
    });
  };
  each("name", (name, place3) => context.isDefined("grants", name, place3));
  each("connection", (name, place3) => context.isDefined("connections", name, place3));
  each("kind", (name, place3) => checkKindName(name, place3, context));
}

// shared/policy/check-callers.ts
var MAX_URL_LENGTH = 255;
var HOST2 = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*";
var PORT = "(?::[1-9][0-9]{0,4})?";
var PATH2 = "(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)*/?";
var HTTPS_URL = new RegExp(`^https://${HOST2}${PORT}${PATH2}$`);
var LOOPBACK_URL = new RegExp(`^http://(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\])${PORT}${PATH2}$`);
var DOT_SEGMENT = /\/\.{1,2}(?:\/|$)/;
var PRIVATE_KEY_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
var NOT_IDENTITY = /* @__PURE__ */ new Map([["event_name", "it is no identity; state it in the rules"]]);
function isLoopbackIssuer(url) {
  return LOOPBACK_URL.test(url);
}
function checkIssuers({ document, report }) {
  const byUrl = /* @__PURE__ */ new Map();
  for (const [name, issuer3] of Object.entries(document.issuers)) {
    const path = ["issuers", name];
    const problem = urlProblem(issuer3.url);
    if (problem !== void 0) report(errorAt([...path, "url"], "invalid-url", `${problem}, found ${quoted(issuer3.url)}`));
    const other = byUrl.get(issuer3.url);
    if (other !== void 0) report(errorAt([...path, "url"], "duplicate-name", `the issuer ${quoted(other)} has this url already`));
    byUrl.set(issuer3.url, name);
    checkInlineKeys(issuer3, { report, name });
  }
}
function urlProblem(url) {
  if (url.length > MAX_URL_LENGTH) return `expected at most ${MAX_URL_LENGTH} characters`;
  if ((HTTPS_URL.test(url) || LOOPBACK_URL.test(url)) && !DOT_SEGMENT.test(url)) return void 0;
  return "expected an https URL with a lower-case host and no user, query, fragment, dot segment, //, % or white space";
}
function checkInlineKeys(issuer3, { report, name }) {
  issuer3.jwks?.keys.forEach((key, index) => {
    const path = ["issuers", name, "jwks", "keys", index];
    const leaked = PRIVATE_KEY_MEMBERS.find((member) => Object.hasOwn(key, member));
    if (leaked !== void 0)
      report(errorAt([...path, leaked], "wrong-value", "expected a public key: this member is private, and now public"));
    if (typeof key.kty !== "string") report(errorAt(path, "wrong-value", "expected a JSON Web Key with kty (RFC 7517 §4.1)"));
  });
}
function checkWorkloads(context) {
  const { document, report } = context;
  for (const [name, workload3] of Object.entries(document.workloads)) {
    const path = ["workloads", name];
    context.isDefined("issuers", workload3.issuer, [...path, "issuer"]);
    if (Object.keys(workload3.is).length === 0) {
      report(errorAt([...path, "is"], "empty", "expected at least one attribute: an empty identity would be everybody"));
    }
    checkConditions(workload3.is, { path: [...path, "is"], platforms: context.platformsOf(name), excluded: NOT_IDENTITY }, report);
  }
}

// shared/policy/check-context.ts
var MAX_SUGGESTIONS = 100;
var SINGULAR = {
  issuers: "issuer",
  workloads: "workload",
  connections: "connection",
  grants: "grant",
  guardrails: "guardrail"
};
function checkContext({ document, names }, report) {
  let suggestions2 = 0;
  const inUse = [...new Set(Object.values(document.issuers).map(({ platform }) => platforms[platform]))];
  const platformsInUse = inUse.length > 0 ? inUse : Object.values(platforms);
  return {
    document,
    report,
    platformsInUse,
    isDefined: (section3, name, path) => {
      if (names[section3].has(name)) return true;
      const nearest = suggestions2++ < MAX_SUGGESTIONS ? suggestion(name, names[section3]) : "";
      report(errorAt(path, "undefined-name", `no ${SINGULAR[section3]} ${quoted(name)} is defined${nearest}`));
      return false;
    },
    platformsOf: (workload3) => {
      const record2 = entryOf(document.workloads, workload3);
      const issuer3 = record2 === void 0 ? void 0 : entryOf(document.issuers, record2.issuer);
      return issuer3 === void 0 ? platformsInUse : [platforms[issuer3.platform]];
    }
  };
}

// shared/policy/check-scenarios.ts
var OTHER_REASONS = ["fence", "suspended", "issuer"];
function checkScenarios(context, indexes) {
  context.document.scenarios.forEach((scenario2, position) => {
    const path = ["scenarios", indexes[position] ?? position];
    const { workload: workload3, ...attributes2 } = scenario2.as;
    context.isDefined("grants", scenario2.ask, [...path, "ask"]);
    context.isDefined("workloads", workload3, [...path, "as", "workload"]);
    const platforms2 = context.platformsOf(workload3);
    for (const [name, value] of Object.entries(attributes2)) checkFact(name, value, { path: [...path, "as", name], platforms: platforms2 }, context);
    checkExpectation(scenario2, { path, platforms: platforms2 }, context);
  });
}
function checkFact(name, value, { path, platforms: platforms2 }, { report }) {
  const form = attributeForm(name, { path, platforms: platforms2 }, path, report);
  if (form === void 0) return;
  const text4 = Array.isArray(value) ? "list" : conditionText(value);
  if (Array.isArray(value)) report(errorAt(path, "wrong-type", `${name}: a token carries one value, found a list`));
  else if (typeof text4 === "object") report(errorAt(path, text4.id, `${name}: ${text4.message}`));
  else if (text4 !== "") checkFactText(text4, { name, form, path }, report);
}
function checkFactText(text4, { name, form, path }, report) {
  const fault = valueFault(text4, form);
  if (fault !== void 0) report(errorAt(path, fault.id, `${name}: ${fault.message}`));
}
function checkExpectation({ expect }, { path, platforms: platforms2 }, { document, report }) {
  if (typeof expect === "string") return;
  const reason2 = expect.refuse;
  if (platforms2.some((platform) => platform.attribute(reason2) !== void 0)) return;
  const names = [...Object.keys(document.guardrails), ...Object.keys(document.workloads), ...OTHER_REASONS];
  if (names.includes(reason2) || isRule(reason2, document.grants)) return;
  const known = [...names, ...platforms2.flatMap((platform) => platform.attributeNames)];
  const message2 = `no attribute, guardrail or rule is called ${quoted(reason2)}${suggestion(reason2, known)}`;
  report(errorAt([...path, "expect", "refuse"], "undefined-name", message2));
}
function isRule(name, grants) {
  const [grantName = "", index = "", ...rest] = name.split("/");
  const grant3 = entryOf(grants, grantName);
  return grant3 !== void 0 && rest.length === 0 && /^(0|[1-9][0-9]{0,5})$/.test(index) && Number(index) < grant3.allow.length;
}

// shared/json.ts
function isJsonObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function canonicalJson(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (isJsonObject(value)) return canonicalObject(value);
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError("canonical JSON has no NaN and no Infinity");
  const text4 = JSON.stringify(value);
  if (text4 === void 0) throw new TypeError(`canonical JSON has no ${typeof value}`);
  return text4;
}
function canonicalObject(record2) {
  let text4 = "";
  for (const name of Object.keys(record2).sort()) {
    const member = record2[name];
    if (member !== void 0) text4 += `${text4 === "" ? "" : ","}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text4}}`;
}

// shared/policy/check-shape.ts
function checkShape(value, report) {
  if (!isJsonObject(value)) {
    report(errorAt([], "wrong-type", `expected a mapping with any of ${TOP_LEVEL_KEYS.join(", ")}, found ${describe2(value)}`));
  }
  const top = isJsonObject(value) ? value : { jobpass: LANGUAGE_VERSION };
  for (const key of Object.keys(top)) if (!isTopLevelKey(key)) report(unknownKey(key, [], TOP_LEVEL_KEYS));
  checkVersion(top.jobpass, report);
  const scenarios = shapeScenarios(top.scenarios, report);
  return {
    document: {
      jobpass: LANGUAGE_VERSION,
      settings: shapeOne(settingsSchema, top.settings === void 0 ? {} : top.settings, ["settings"], report) ?? {},
      issuers: shapeSection("issuers", SECTIONS.issuers, top, report),
      workloads: shapeSection("workloads", SECTIONS.workloads, top, report),
      connections: shapeSection("connections", SECTIONS.connections, top, report),
      grants: shapeSection("grants", SECTIONS.grants, top, report),
      guardrails: shapeSection("guardrails", SECTIONS.guardrails, top, report),
      scenarios: scenarios.map(({ scenario: scenario2 }) => scenario2)
    },
    names: definedNames(top),
    scenarioIndexes: scenarios.map(({ index }) => index)
  };
}
function isTopLevelKey(key) {
  return TOP_LEVEL_KEYS.some((known) => known === key);
}
function checkVersion(value, report) {
  if (value === LANGUAGE_VERSION) return;
  if (value === void 0) report(errorAtKey([], "missing-key", `jobpass is missing: expected "jobpass: ${LANGUAGE_VERSION}" in one file`));
  else report(errorAt(["jobpass"], "wrong-value", `expected the language version ${LANGUAGE_VERSION}, found ${describe2(value)}`));
}
function shapeOne(schema, value, path, report) {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const problem of shapeProblems(parsed.error, { schema, value, path, otherwise: "wrong-value" })) report(problem);
  return void 0;
}
function shapeSection(section3, schema, top, report) {
  const value = top[section3];
  if (value === void 0) return {};
  if (!isJsonObject(value)) {
    report(
      errorAt([section3], value === null ? "empty" : "wrong-type", `expected a mapping from names to ${section3}, found ${describe2(value)}`)
    );
    return {};
  }
  const entries = [];
  for (const [name, entry] of Object.entries(value)) {
    const path = [section3, name];
    if (!NAME2.test(name)) report(errorAtKey(path, "invalid-name", `${quoted(name)} is no name: expected ${NAME2.source}`));
    const shaped = shapeOne(schema, entry, path, report);
    if (shaped !== void 0 && NAME2.test(name)) entries.push([name, shaped]);
  }
  return Object.fromEntries(entries);
}
function shapeScenarios(value, report) {
  if (value === void 0) return [];
  if (!Array.isArray(value)) {
    report(errorAt(["scenarios"], value === null ? "empty" : "wrong-type", `expected a list of scenarios, found ${describe2(value)}`));
    return [];
  }
  return value.flatMap((entry, index) => {
    const scenario2 = shapeOne(scenarioSchema, entry, ["scenarios", index], report);
    return scenario2 === void 0 ? [] : [{ scenario: scenario2, index }];
  });
}
function definedNames(top) {
  const names = (section3) => {
    const value = top[section3];
    return new Set(isJsonObject(value) ? Object.keys(value) : []);
  };
  return {
    issuers: names("issuers"),
    workloads: names("workloads"),
    connections: names("connections"),
    grants: names("grants"),
    guardrails: names("guardrails")
  };
}

// shared/policy/check-document.ts
var MAX_DOCUMENT_DEPTH = 32;
function checkDocument(value) {
  const problems = [];
  const report = (problem) => void problems.push(problem);
  if (isTooDeep(value, MAX_DOCUMENT_DEPTH)) {
    return { ok: false, problems: [errorAt([], "yaml-depth", `expected at most ${MAX_DOCUMENT_DEPTH} levels of nesting`)] };
  }
  const shaped = checkShape(value, report);
  reportReservedKeys(value, [], report);
  const context = checkContext(shaped, report);
  checkIssuers(context);
  checkWorkloads(context);
  checkConnections(context);
  checkGrants(context);
  checkGuardrails(context);
  checkScenarios(context, shaped.scenarioIndexes);
  const [first, ...rest] = problems;
  return first === void 0 ? { ok: true, document: shaped.document } : { ok: false, problems: [first, ...rest] };
}
function reportReservedKeys(value, place3, report) {
  if (typeof value !== "object" || value === null) return;
  const isList = Array.isArray(value);
  for (const key of Object.keys(value)) {
    const member = Reflect.get(value, key);
    place3.push(isList ? Number(key) : key);
    if (key === "__proto__") report(errorAtKey([...place3], "unknown-key", "the key __proto__ is reserved"));
    if (typeof member === "object") reportReservedKeys(member, place3, report);
    place3.pop();
  }
}
function isTooDeep(value, levels) {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const key of Object.keys(value)) {
    const member = Reflect.get(value, key);
    if (typeof member === "object" && isTooDeep(member, levels - 1)) return true;
  }
  return false;
}

// shared/policy/parse.ts
var import_yaml = __toESM(require_dist(), 1);

// shared/policy/plain-yaml-value.ts
var MAX_DEPTH = 16;
function inlineValue(text4, depth) {
  const cursor = { text: text4, at: 0 };
  const value = flowValue(cursor, depth, false);
  return value !== void 0 && cursor.at === text4.length ? value : void 0;
}
function flowValue(cursor, depth, isInside) {
  if (depth > MAX_DEPTH) return void 0;
  const character2 = cursor.text[cursor.at];
  if (character2 === "[") return flowList(cursor, depth);
  if (character2 === "{") return flowMap(cursor, depth);
  if (character2 === '"') return doubleQuoted(cursor);
  if (character2 === "'") return singleQuoted(cursor);
  return plainScalar(cursor, isInside);
}
function skipSpace(cursor) {
  while (cursor.text[cursor.at] === " ") cursor.at++;
  return cursor.text[cursor.at];
}
function flowList(cursor, depth) {
  const items = [];
  cursor.at++;
  if (skipSpace(cursor) === "]") return closed(cursor, items);
  for (; ; ) {
    const item = flowValue(cursor, depth + 1, true);
    if (item === void 0) return void 0;
    items.push(item);
    const next = skipSpace(cursor);
    if (next === "]") return closed(cursor, items);
    if (next !== ",") return void 0;
    cursor.at++;
    skipSpace(cursor);
  }
}
var FLOW_KEY = /([A-Za-z][A-Za-z0-9_-]*): +/y;
function flowMap(cursor, depth) {
  const entries = /* @__PURE__ */ new Map();
  cursor.at++;
  if (skipSpace(cursor) === "}") return closed(cursor, {});
  for (; ; ) {
    FLOW_KEY.lastIndex = cursor.at;
    const [whole = "", key = ""] = FLOW_KEY.exec(cursor.text) ?? [];
    if (key === "" || isWord(key) || entries.has(key)) return void 0;
    cursor.at += whole.length;
    const value = flowValue(cursor, depth + 1, true);
    if (value === void 0) return void 0;
    entries.set(key, value);
    const next = skipSpace(cursor);
    if (next === "}") return closed(cursor, Object.fromEntries(entries));
    if (next !== ",") return void 0;
    cursor.at++;
    skipSpace(cursor);
  }
}
function closed(cursor, value) {
  cursor.at++;
  return value;
}
var DOUBLE_QUOTED = /"([^"\\]*)"/y;
var SINGLE_QUOTED = /'([^']*)'(?!')/y;
function doubleQuoted(cursor) {
  return quotedText(cursor, DOUBLE_QUOTED);
}
function singleQuoted(cursor) {
  return quotedText(cursor, SINGLE_QUOTED);
}
function quotedText(cursor, form) {
  form.lastIndex = cursor.at;
  const [whole, text4] = form.exec(cursor.text) ?? [];
  if (whole === void 0) return void 0;
  cursor.at += whole.length;
  return text4;
}
var PLAIN = /[A-Za-z0-9/](?:[^:\n]|:(?=[^ ]))*/y;
var PLAIN_INSIDE = /[A-Za-z0-9/](?:[^:,[\]{}"'\n]|:(?=[^ ,[\]{}"']))*/y;
var WHOLE_NUMBER = /^(?:0|[1-9][0-9]{0,14})$/;
var NUMBER = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)$/;
function plainScalar(cursor, isInside) {
  const form = isInside ? PLAIN_INSIDE : PLAIN;
  form.lastIndex = cursor.at;
  const [whole = ""] = form.exec(cursor.text) ?? [];
  const text4 = whole.trimEnd();
  const end = cursor.at + whole.length;
  if (text4 === "" || !isInside && end !== cursor.text.length || / #/.test(text4)) return void 0;
  cursor.at = end;
  if (isWord(text4)) return WORDS.get(text4);
  if (WHOLE_NUMBER.test(text4)) return Number(text4);
  return NUMBER.test(text4) ? void 0 : text4;
}
var WORDS = new Map([
  ...["null", "Null", "NULL"].map((word3) => [word3, null]),
  ...["true", "True", "TRUE"].map((word3) => [word3, true]),
  ...["false", "False", "FALSE"].map((word3) => [word3, false])
]);
function isWord(text4) {
  return WORDS.has(text4);
}

// shared/policy/plain-yaml.ts
var PLAIN_FILE = /^[\n\x20-\x7e\u00a1-\ud7ff\ue000-\ufefe]*$/;
var ODD_SPACE = /[^\S\n ]/;
function readPlainYaml(text4) {
  if (!PLAIN_FILE.test(text4) || ODD_SPACE.test(text4)) return void 0;
  const lines = linesOf(text4);
  if (lines === void 0 || lines[0]?.indent !== 0) return void 0;
  const reading = { lines, at: 0 };
  const value = blockValue(reading, 0, 0);
  return reading.at === lines.length ? value : void 0;
}
function linesOf(text4) {
  const lines = [];
  for (const raw of text4.split("\n")) {
    const body = raw.trimStart();
    if (body === "" || body.startsWith("#")) continue;
    const cut2 = withoutComment(body);
    if (cut2 === void 0 || /^(?:---|\.\.\.|%)/.test(body)) return void 0;
    lines.push({ indent: raw.length - body.length, text: cut2 });
  }
  return lines;
}
function withoutComment(body) {
  const hash2 = body.indexOf(" #");
  if (hash2 < 0) return body.trimEnd();
  const quote = body.search(/["']/);
  return quote < 0 || quote > hash2 ? body.slice(0, hash2).trimEnd() : commentAfterQuotes(body);
}
var QUOTED = /(?:^|[ [{,])(?:"(?:[^"\\]|\\.)*"|'[^']*')/g;
function commentAfterQuotes(body) {
  const masked = body.replaceAll(QUOTED, (quoted2) => "x".repeat(quoted2.length));
  const hash2 = masked.indexOf(" #");
  const end = hash2 < 0 ? body.length : hash2;
  return /["']/.test(masked.slice(0, end)) ? void 0 : body.slice(0, end).trimEnd();
}
function blockValue(reading, indent, depth) {
  const line4 = reading.lines[reading.at];
  if (line4 === void 0 || line4.indent !== indent || depth > MAX_DEPTH) return void 0;
  if (line4.text === "-" || line4.text.startsWith("- ")) return blockList(reading, indent, depth);
  return blockMap(reading, { indent, first: line4.text, depth });
}
function blockList(reading, indent, depth) {
  const items = [];
  for (let line4 = reading.lines[reading.at]; line4?.indent === indent; line4 = reading.lines[reading.at]) {
    if (!line4.text.startsWith("- ")) break;
    const body = line4.text.slice(2).trimStart();
    const item = KEY.test(body) ? blockMap(reading, { indent: indent + line4.text.length - body.length, first: body, depth: depth + 1 }) : oneLineValue(reading, body, depth);
    if (item === void 0) return void 0;
    items.push(item);
  }
  return endsAt(reading, indent) ? items : void 0;
}
function oneLineValue(reading, text4, depth) {
  const { indent } = reading.lines[reading.at] ?? { indent: 0 };
  reading.at++;
  const value = inlineValue(text4, depth + 1);
  return (reading.lines[reading.at]?.indent ?? -1) > indent ? void 0 : value;
}
var KEY = /^([A-Za-z][A-Za-z0-9_-]*):(?: +(.*))?$/;
function blockMap(reading, { indent, first, depth }) {
  const entries = /* @__PURE__ */ new Map();
  for (let text4 = first; text4 !== void 0; text4 = textAt(reading, indent)) {
    const [, key = "", inline = ""] = KEY.exec(text4) ?? [];
    if (key === "" || isWord(key) || entries.has(key) || depth > MAX_DEPTH) return void 0;
    reading.at++;
    const value = inline === "" ? nestedValue(reading, indent, depth) : entryValue(reading, { inline, indent, depth });
    if (value === void 0) return void 0;
    entries.set(key, value);
  }
  return endsAt(reading, indent) ? Object.fromEntries(entries) : void 0;
}
function textAt({ lines, at }, indent) {
  const line4 = lines[at];
  return line4?.indent === indent && !line4.text.startsWith("- ") && line4.text !== "-" ? line4.text : void 0;
}
function entryValue(reading, { inline, indent, depth }) {
  if ((reading.lines[reading.at]?.indent ?? -1) > indent) return void 0;
  return inlineValue(inline, depth + 1);
}
function nestedValue(reading, indent, depth) {
  const next = reading.lines[reading.at];
  if (next === void 0 || next.indent < indent) return null;
  if (next.indent > indent) return blockValue(reading, next.indent, depth + 1);
  return next.text.startsWith("- ") ? blockList(reading, indent, depth + 1) : null;
}
function endsAt({ lines, at }, indent) {
  const next = lines[at];
  return next === void 0 || next.indent <= indent;
}

// shared/policy/parse.ts
var MAX_ALIASED_NODES = 1e4;
var LONE_SURROGATE = new RegExp("\\p{Surrogate}", "u");
function parsePolicyFile(file) {
  const value = readPlainYaml(file.text);
  if (value === void 0) return parseWithParser(file);
  let parsed;
  const whole = () => {
    parsed ??= parseWithParser(file);
    return parsed;
  };
  return {
    ...file,
    value,
    problems: [],
    positionOf: (path, at) => whole().positionOf(path, at),
    layoutOf: (path) => whole().layoutOf(path)
  };
}
function parseWithParser({ name, text: text4 }) {
  const lines = new import_yaml.LineCounter();
  const positionAt = (offset) => {
    const { line: line4, col } = lines.linePos(offset);
    return { line: Math.max(line4, 1), column: Math.max(col, 1) };
  };
  const problems = [];
  const offsetProblem = (offset, id4, message2) => void problems.push({ ...positionAt(offset), id: id4, message: message2 });
  const document = readDocument(text4, lines);
  if (document === void 0) {
    offsetProblem(0, "yaml-depth", "the file nests too deeply to be read");
    return { name, text: text4, value: void 0, problems, positionOf: () => positionAt(0), layoutOf: () => void 0 };
  }
  reportSyntax(document, offsetProblem);
  const targets = aliasesOf(document);
  const reading = { offsetProblem, lineOf: (offset) => positionAt(offset).line, targets, following: /* @__PURE__ */ new Set(), aliasedNodes: 0 };
  const isReadable = problems.length === 0;
  const value = isReadable ? jsonOf(document.contents, reading, 0) : void 0;
  return {
    name,
    text: text4,
    value,
    problems,
    positionOf: (path, at) => positionAt(locate(document.contents, path, at, targets)),
    layoutOf: (path) => layout(document.contents, path, targets)
  };
}
function readDocument(text4, lineCounter) {
  try {
    return (0, import_yaml.parseDocument)(text4, { version: "1.2", schema: "core", merge: false, uniqueKeys: false, prettyErrors: false, lineCounter });
  } catch (thrown) {
    if (thrown instanceof RangeError) return void 0;
    throw thrown;
  }
}
function reportSyntax(document, offsetProblem) {
  const warnings = document.warnings.filter(({ code: code2 }) => code2 !== "TAG_RESOLVE_FAILED");
  for (const { code: code2, message: message2, pos } of [...document.errors, ...warnings]) {
    const id4 = code2 === "TAG_RESOLVE_FAILED" ? "yaml-tag" : code2 === "BAD_ALIAS" ? "yaml-alias" : "yaml-syntax";
    const first = message2.split(/[;\n]/)[0] ?? message2;
    offsetProblem(pos[0], id4, code2 === "MULTIPLE_DOCS" ? "expected one document in a file" : first);
  }
  const { yaml, tags } = document.directives;
  if (yaml.version !== "1.2" || Object.keys(tags).length > 1)
    offsetProblem(0, "yaml-syntax", "expected no directive (a line that begins with %) but %YAML 1.2");
}
function aliasesOf(document) {
  const anchors = /* @__PURE__ */ new Map();
  const targets = /* @__PURE__ */ new Map();
  (0, import_yaml.visit)(document, {
    Node: (_key, node2) => {
      if ((0, import_yaml.isAlias)(node2)) targets.set(node2, anchors.get(node2.source));
      else if (node2.anchor !== void 0 && node2.anchor !== "") anchors.set(node2.anchor, node2);
    }
  });
  return targets;
}
function jsonOf(node2, reading, depth) {
  if (depth > MAX_DOCUMENT_DEPTH) {
    reading.offsetProblem(offsetOf(node2), "yaml-depth", `expected at most ${MAX_DOCUMENT_DEPTH} levels of nesting`);
    return null;
  }
  if (reading.following.size > 0 && ++reading.aliasedNodes > MAX_ALIASED_NODES) {
    const message2 = `expected aliases that stand for at most ${MAX_ALIASED_NODES} values in all`;
    if (reading.aliasedNodes === MAX_ALIASED_NODES + 1) reading.offsetProblem(offsetOf(node2), "yaml-alias", message2);
    return null;
  }
  if ((0, import_yaml.isAlias)(node2)) return aliasValue(node2, reading, depth);
  const isTagged = reportTag(node2, reading);
  if ((0, import_yaml.isMap)(node2)) return mapValue(node2, reading, depth);
  if ((0, import_yaml.isSeq)(node2)) return node2.items.map((item) => jsonOf(item, reading, depth + 1));
  return (0, import_yaml.isScalar)(node2) && !isTagged ? scalarValue(node2.value, offsetOf(node2), reading) : null;
}
function aliasValue(alias, reading, depth) {
  const { source } = alias;
  const target = reading.targets.get(alias);
  if (target === void 0) {
    reading.offsetProblem(offsetOf(alias), "yaml-alias", `no anchor ${quoted(source)} is defined before this alias`);
    return null;
  }
  if (reading.following.has(target)) {
    reading.offsetProblem(offsetOf(alias), "yaml-alias", `the alias ${quoted(source)} stands inside its own anchor`);
    return null;
  }
  reading.following.add(target);
  const value = jsonOf(target, reading, depth);
  reading.following.delete(target);
  return value;
}
function reportTag(node2, { offsetProblem }) {
  if (!((0, import_yaml.isScalar)(node2) || (0, import_yaml.isMap)(node2) || (0, import_yaml.isSeq)(node2)) || node2.tag === void 0) return false;
  offsetProblem(offsetOf(node2), "yaml-tag", `expected no tag, found ${quoted(node2.tag)}`);
  return true;
}
function scalarValue(value, offset, { offsetProblem }) {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "string" && !LONE_SURROGATE.test(value)) return value;
  offsetProblem(offset, "wrong-value", "expected text, a finite number, true, false, a list or a mapping");
  return null;
}
function mapValue(map, reading, depth) {
  const seen = /* @__PURE__ */ new Map();
  const entries = [];
  for (const pair of map.items) {
    const offset = offsetOf(pair.key);
    const key = keyOf(pair);
    const first = key === void 0 ? void 0 : seen.get(key);
    if (key === void 0) reading.offsetProblem(offset, "wrong-type", "expected a text as key");
    else if (key === "__proto__") reading.offsetProblem(offset, "unknown-key", "the key __proto__ is reserved");
    else if (first !== void 0) {
      reading.offsetProblem(offset, "duplicate-key", `the key ${quoted(key)} is there already, at line ${reading.lineOf(first)}`);
    } else {
      seen.set(key, offset);
      entries.push([key, jsonOf(pair.value, reading, depth + 1)]);
    }
  }
  return Object.fromEntries(entries);
}
function keyOf({ key }) {
  if (!(0, import_yaml.isScalar)(key) || key.tag !== void 0) return void 0;
  if (typeof key.value === "string") return LONE_SURROGATE.test(key.value) ? void 0 : key.value;
  return typeof key.value === "number" || typeof key.value === "boolean" ? key.source ?? String(key.value) : void 0;
}
function offsetOf(node2) {
  if ((0, import_yaml.isScalar)(node2) || (0, import_yaml.isMap)(node2) || (0, import_yaml.isSeq)(node2) || (0, import_yaml.isAlias)(node2)) return node2.range?.[0] ?? 0;
  return 0;
}
function locate(root, path, at, targets) {
  let node2 = root;
  let offset = offsetOf(root);
  for (const [index, step] of path.entries()) {
    const child = childOf((0, import_yaml.isAlias)(node2) ? targets.get(node2) : node2, step);
    if (child === void 0) return offset;
    const isKeyMeant = at === "key" && index === path.length - 1;
    offset = child.key !== void 0 && (isKeyMeant || !hasPlace(child.value)) ? offsetOf(child.key) : offsetOf(child.value);
    node2 = child.value;
  }
  return offset;
}
function childOf(parent, step) {
  if ((0, import_yaml.isSeq)(parent)) return typeof step === "number" && step < parent.items.length ? { value: parent.items[step] } : void 0;
  return (0, import_yaml.isMap)(parent) ? parent.items.find((item) => keyOf(item) === String(step)) : void 0;
}
function layout(root, path, targets) {
  const follow2 = (node2) => (0, import_yaml.isAlias)(node2) ? targets.get(node2) : node2;
  let map = follow2(root);
  for (const step of path.slice(0, -1)) map = follow2(childOf(map, step)?.value);
  const child = (0, import_yaml.isMap)(map) ? childOf(map, path.at(-1) ?? "") : void 0;
  if (!(0, import_yaml.isMap)(map) || child === void 0) return void 0;
  return { style: map.flow === true ? "flow" : "block", keyStart: offsetOf(child.key), valueEnd: endOf(child.value) };
}
function endOf(node2) {
  if (((0, import_yaml.isMap)(node2) || (0, import_yaml.isSeq)(node2)) && node2.flow !== true) {
    const last = node2.items.at(-1);
    return endOf((0, import_yaml.isPair)(last) ? last.value ?? last.key : last);
  }
  return (0, import_yaml.isScalar)(node2) || (0, import_yaml.isMap)(node2) || (0, import_yaml.isSeq)(node2) || (0, import_yaml.isAlias)(node2) ? node2.range?.[1] ?? 0 : 0;
}
function hasPlace(node2) {
  return !(0, import_yaml.isScalar)(node2) || node2.range?.[0] !== node2.range?.[1];
}

// shared/policy/text-edit.ts
function textEdit(edit, path, file) {
  const layout2 = file.layoutOf(path);
  if (layout2 === void 0) return void 0;
  if (edit === "remove") return hasSiblings(file.value, path) ? removal(layout2, file.text) : void 0;
  const { keyStart, valueEnd } = layout2;
  return { offset: keyStart, length: valueEnd - keyStart, text: `${path.at(-1)}: ${edit.set}` };
}
function hasSiblings(value, path) {
  let parent = value;
  for (const step of path.slice(0, -1)) parent = isJsonObject(parent) ? parent[step] : void 0;
  return isJsonObject(parent) && Object.keys(parent).length > 1;
}
function removal({ style, keyStart, valueEnd }, text4) {
  const start = text4.lastIndexOf("\n", keyStart - 1) + 1;
  if (style === "flow" || text4.slice(start, keyStart).trim() !== "") return void 0;
  const lineEnd = text4.indexOf("\n", valueEnd);
  return { offset: start, length: (lineEnd < 0 ? text4.length : lineEnd + 1) - start, text: "" };
}

// shared/policy/merge.ts
function mergePolicyFiles(files) {
  const sorted = [...files].sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const parsed = sorted.map(parsePolicyFile);
  const merging = { sections: /* @__PURE__ */ new Map(), scenarios: [], origins: /* @__PURE__ */ new Map(), findings: [], hasGaps: false };
  for (const file of parsed) {
    for (const { id: id4, message: message2, ...position } of file.problems) {
      merging.findings.push({ file: file.name, ...position, severity: "error", id: id4, message: message2 });
    }
    if (file.value !== void 0) mergeFile(file, file.value, merging);
  }
  const document = {
    ...merging.version === void 0 ? {} : { jobpass: merging.version },
    ...Object.fromEntries([...merging.sections].map(([section3, records2]) => [section3, Object.fromEntries(records2)])),
    ...merging.scenarios.length > 0 ? { scenarios: merging.scenarios } : {}
  };
  const isComplete = !merging.hasGaps && parsed.every(({ value }) => value !== void 0);
  return { document, findings: merging.findings, isComplete, place: (problem) => placed(problem, merging.origins, parsed[0]) };
}
function mergeFile(file, value, merging) {
  if (!isJsonObject(value)) {
    const message2 = `expected a mapping with any of ${TOP_LEVEL_KEYS.join(", ")}, found ${describe2(value)}`;
    merging.findings.push(finding({ file, path: [] }, errorAt([], value === null ? "empty" : "wrong-type", message2)));
    return;
  }
  for (const [key, part2] of Object.entries(value)) {
    const origin = { file, path: [key] };
    if (!TOP_LEVEL_KEYS.some((known) => known === key)) merging.findings.push(finding(origin, unknownKey(key, [], TOP_LEVEL_KEYS)));
    else if (key === "jobpass") mergeVersion(origin, part2, merging);
    else if (key === "scenarios") mergeScenarios(origin, part2, merging);
    else mergeRecords(origin, key, part2, merging);
  }
}
function mergeVersion(origin, part2, merging) {
  if (isFirst(["jobpass"], origin, merging)) merging.version = part2;
}
function mergeScenarios({ file, path }, part2, merging) {
  if (!Array.isArray(part2)) {
    merging.findings.push(finding({ file, path }, wrongPart(part2, "a list of scenarios")));
    return;
  }
  part2.forEach((scenario2, index) => {
    merging.origins.set(originKey(["scenarios", merging.scenarios.length]), { file, path: [...path, index] });
    merging.scenarios.push(scenario2);
  });
}
function mergeRecords({ file, path }, section3, part2, merging) {
  if (!isJsonObject(part2)) {
    merging.hasGaps = true;
    merging.findings.push(
      finding({ file, path }, wrongPart(part2, section3 === "settings" ? "a mapping" : `a mapping from names to ${section3}`))
    );
    return;
  }
  const records2 = merging.sections.get(section3) ?? /* @__PURE__ */ new Map();
  merging.sections.set(section3, records2);
  for (const [name, record2] of Object.entries(part2)) {
    if (isFirst([section3, name], { file, path: [...path, name] }, merging)) records2.set(name, record2);
  }
}
function wrongPart(part2, expected) {
  return errorAt([], part2 === null ? "empty" : "wrong-type", `expected ${expected}, found ${describe2(part2)}`);
}
function isFirst(path, origin, { origins, findings: findings2 }) {
  const key = originKey(path);
  const first = origins.get(key);
  if (first === void 0) {
    origins.set(key, origin);
    return true;
  }
  const { line: line4, column } = first.file.positionOf(first.path, "key");
  const message2 = `${quoted(String(path.at(-1)))} is defined already, at ${first.file.name}:${line4}:${column}`;
  findings2.push(finding(origin, errorAtKey(path, "duplicate-name", message2)));
  return false;
}
function originKey([section3, name]) {
  return name === void 0 ? String(section3) : `${section3} ${name}`;
}
function finding({ file, path }, { at, severity, id: id4, message: message2, edit, example }) {
  const change2 = edit === void 0 ? void 0 : textEdit(edit, path, file);
  const details2 = { ...change2 === void 0 ? {} : { edit: change2 }, ...example === void 0 ? {} : { example } };
  return { file: file.name, ...file.positionOf(path, at), severity, id: id4, message: message2, ...details2 };
}
function placed(problem, origins, first) {
  const [section3, name, ...rest] = problem.path;
  const origin = section3 === void 0 ? void 0 : origins.get(originKey(name === void 0 ? [section3] : [section3, name])) ?? void 0;
  if (origin !== void 0) return finding({ file: origin.file, path: [...origin.path, ...rest] }, problem);
  const { severity, id: id4, message: message2 } = problem;
  return { file: first?.name ?? "", line: 1, column: 1, severity, id: id4, message: message2 };
}

// shared/policy/read-files.ts
function readPolicyFiles(files) {
  const merged = mergePolicyFiles(files);
  const checked = checkDocument(merged.document);
  if (checked.ok && merged.findings.length === 0) return { ok: true, document: checked.document, place: merged.place };
  const problems = checked.ok ? [] : checked.problems.filter((problem) => merged.isComplete || !mayBeElsewhere(problem));
  const known = new Set(merged.findings.map(placeKey));
  const placed2 = problems.map(merged.place).filter((finding3) => !known.has(placeKey(finding3)));
  return { ok: false, findings: inOrder([...merged.findings, ...placed2]) };
}
function mayBeElsewhere({ id: id4, path }) {
  return id4 === "undefined-name" || id4 === "missing-key" && path.length === 0;
}
function placeKey({ file, line: line4, column }) {
  return `${line4}:${column}:${file}`;
}
function inOrder(findings2) {
  return [...findings2].sort((a, b) => a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1);
}

// cli/checked-folder.ts
import { createHash } from "node:crypto";

// shared/policy/compile.ts
function compilePolicy(document) {
  const { scenarios, ...sections } = document;
  const written = Object.entries(sections).filter(([name, records2]) => name === "jobpass" || Object.keys(records2).length > 0);
  const members2 = written.map(([name, records2]) => [name, canonicalJson(records2)]);
  if (scenarios.length > 0) members2.push(["scenarios", `[${scenarios.map(canonicalJson).sort().join(",")}]`]);
  members2.sort(([a], [b]) => a < b ? -1 : 1);
  return `{${members2.map(([name, text4]) => `${JSON.stringify(name)}:${text4}`).join(",")}}`;
}
function policyDigest(compiled, sha256Hex4) {
  return `sha256:${sha256Hex4(compiled)}`;
}

// shared/policy/lints/branch-pattern-on-production.ts
var PRODUCTION = /(?:^|[^a-z0-9])(?:prod|production|live)(?:[^a-z0-9]|$)/i;
var NO_BRANCH = /^refs\/(?:tags|pull)\//;
var branchPatternOnProduction = {
  id: "branch-pattern-on-production",
  severity: "warning",
  why: "Everybody who may push a branch can push one that fits, past the review that guards the main branch.",
  fix: "Name the branch in full, or add `ref_protected: true` so that only branches under a protection rule count.",
  find: ({ policy }) => {
    const grants = grantsOf(policy);
    const production = productionConnections(grants);
    return grants.filter(({ connection: connection7 }) => production.has(connection7.name)).flatMap(
      (grant3) => grant3.rules.flatMap((rule2, index) => {
        const pattern2 = branchPattern(rule2);
        if (pattern2 === void 0) return [];
        const message2 = `any branch that fits ${quoted(pattern2)} reaches ${grant3.connection.name}, which serves production`;
        return [{ path: ["grants", grant3.name, "allow", index, "ref"], message: message2 }];
      })
    );
  }
};
function productionConnections(grants) {
  return new Set(
    grants.filter(({ connection: connection7, rules: rules2 }) => PRODUCTION.test(connection7.name) || rules2.some(isProduction)).map(({ connection: connection7 }) => connection7.name)
  );
}
function isProduction({ conditions: conditions2, workload: workload3 }) {
  return [...conditions2, ...workload3.is].some(
    ({ attribute: attribute2, patterns }) => attribute2 === "environment" && patterns.some(({ text: text4 }) => PRODUCTION.test(text4))
  );
}
function branchPattern({ conditions: conditions2 }) {
  const texts = (name) => conditions2.find(({ attribute: attribute2 }) => attribute2 === name)?.patterns.map(({ text: text4 }) => text4) ?? [];
  const isGuarded = texts("ref_protected").join() === "true" || texts("ref_type").join() === "tag";
  return isGuarded ? void 0 : texts("ref").find((text4) => text4.includes("*") && !NO_BRANCH.test(text4));
}

// shared/policy/language-automaton.ts
var SLASH2 = 47;
function compileSet(literals, wildcards, foldCase) {
  const masks = { start: 0n, accepting: 0n, loops: 0n, anys: 0n };
  const byUnit = /* @__PURE__ */ new Map();
  let bit = 1n;
  let width2 = 0;
  const next = () => {
    bit <<= 1n;
    width2++;
  };
  const begin = () => {
    masks.start |= bit;
    next();
  };
  const unitAt2 = (unit) => {
    byUnit.set(unit, (byUnit.get(unit) ?? 0n) | bit);
    next();
  };
  const end = () => {
    masks.accepting |= bit >> 1n;
  };
  for (const text4 of literals) {
    begin();
    for (let index = 0; index < text4.length; index++) unitAt2(text4.charCodeAt(index));
    end();
  }
  for (const { text: text4 } of wildcards) {
    begin();
    for (const element of patternElements(text4, foldCase)) {
      if (typeof element === "number") {
        unitAt2(element);
        continue;
      }
      masks.loops |= bit;
      if (element === "any") masks.anys |= bit;
      next();
    }
    end();
  }
  const { start, accepting, loops, anys } = masks;
  const entered = new Map([...byUnit].map(([unit, literal3]) => [unit, literal3 | (unit === SLASH2 ? anys : loops)]));
  const enteredBy2 = (unit) => {
    const asFolded = foldCase && unit >= 65 && unit <= 90 ? unit + 32 : unit;
    return entered.get(asFolded) ?? (asFolded === SLASH2 ? anys : loops);
  };
  return { width: width2, start, accepting, loops, foldCase, units: new Set(byUnit.keys()), enteredBy: enteredBy2 };
}

// shared/policy/language-shape.ts
function oneOf2(takes) {
  return { sort: "unit", takes };
}
function literal2(text4) {
  return sequence(...Array.from({ length: text4.length }, (_, index) => ({ sort: "unit", takes: text4.charCodeAt(index) })));
}
function sequence(...pieces) {
  return { sort: "sequence", pieces };
}
function choice(...pieces) {
  return { sort: "choice", pieces };
}
function some(piece) {
  return { sort: "some", piece };
}
function maybe(piece) {
  return { sort: "maybe", piece };
}
function times(count2, piece) {
  return sequence(...new Array(count2).fill(piece));
}
function part(name, piece) {
  return { sort: "part", name, piece };
}
function character(takes) {
  return choice(oneOf2(takes), sequence(oneOf2(HIGH_HALF), oneOf2(LOW_HALF)));
}
var HIGH_HALF = { admits: (unit) => unit >= 55296 && unit <= 56319 };
var LOW_HALF = { admits: (unit) => unit >= 56320 && unit <= 57343 };
function shapeOf(piece, name = "") {
  const numbering = { positions: [] };
  const { first, last } = place(piece, name, numbering);
  const positions = numbering.positions.map(({ follow: follow2, ...position }) => ({ ...position, follow: [...follow2] }));
  return { positions, first, last: new Set(last) };
}
function place(piece, name, numbering) {
  switch (piece.sort) {
    case "unit": {
      const position = numbering.positions.length;
      numbering.positions.push({ takes: piece.takes, part: name, follow: /* @__PURE__ */ new Set() });
      return { first: [position], last: [position], isSkippable: false };
    }
    case "part":
      return place(piece.piece, piece.name, numbering);
    case "maybe":
      return { ...place(piece.piece, name, numbering), isSkippable: true };
    case "some": {
      const fragment = place(piece.piece, name, numbering);
      join(fragment.last, fragment.first, numbering);
      return fragment;
    }
    case "choice": {
      const fragments = piece.pieces.map((inner) => place(inner, name, numbering));
      return {
        first: fragments.flatMap(({ first }) => first),
        last: fragments.flatMap(({ last }) => last),
        isSkippable: fragments.some(({ isSkippable }) => isSkippable)
      };
    }
    case "sequence":
      return piece.pieces.map((inner) => place(inner, name, numbering)).reduce((a, b) => follow(a, b, numbering), NOTHING);
  }
}
var NOTHING = { first: [], last: [], isSkippable: true };
function follow(a, b, numbering) {
  join(a.last, b.first, numbering);
  return {
    first: a.isSkippable ? [...a.first, ...b.first] : a.first,
    last: b.isSkippable ? [...a.last, ...b.last] : b.last,
    isSkippable: a.isSkippable && b.isSkippable
  };
}
function join(from, to, { positions }) {
  for (const position of from) for (const next of to) positions[position]?.follow.add(next);
}
function takesUnit(takes, unit) {
  return typeof takes === "number" ? takes === unit : takes.admits(unit);
}
function hasShape({ positions, first, last }, text4) {
  let current = [];
  for (let index = 0; index < text4.length; index++) {
    const unit = text4.charCodeAt(index);
    const next = [];
    const enter = (reachable) => {
      for (const position of reachable) {
        const takes = positions[position]?.takes;
        if (takes !== void 0 && takesUnit(takes, unit) && !next.includes(position)) next.push(position);
      }
    };
    if (index === 0) enter(first);
    else for (const position of current) enter(positions[position]?.follow ?? []);
    if (next.length === 0) return false;
    current = next;
  }
  return current.some((position) => last.has(position));
}
function hasShapeKept() {
  const kept5 = /* @__PURE__ */ new Map();
  return (shape, text4) => {
    const ofShape = kept5.get(shape) ?? /* @__PURE__ */ new Map();
    kept5.set(shape, ofShape);
    const answer2 = ofShape.get(text4) ?? hasShape(shape, text4);
    ofShape.set(text4, answer2);
    return answer2;
  };
}

// shared/policy/language-search.ts
var MAX_TEXT_LENGTH = 1024;
var MAX_STEPS = { determinised: 5e4, byPosition: 5e5 };
var MAX_COMPARED = 200;
function search({ shape, all, none: none2 }) {
  const product = productOf(shape, all, none2);
  const first = run(product, "determinised");
  return first === "undecided" ? run(product, "byPosition") : first;
}
function productOf(shape, all, none2) {
  let offset = 0n;
  const placed2 = [...all, ...none2].map((track) => {
    const at = offset;
    const width2 = BigInt(track.set.width);
    offset += width2;
    return { ...track, offset: at, mask: (1n << width2) - 1n << at };
  });
  const sum = (bits) => placed2.reduce((whole, track) => whole | bits(track) << track.offset, 0n);
  const alphabet = unitsOf(shape, placed2);
  return {
    shape,
    start: sum(({ set }) => set.start),
    loops: sum(({ set }) => set.loops),
    accepting: sum(({ set }) => set.accepting),
    wanted: placed2.slice(0, all.length).map(({ mask }) => mask),
    unwanted: placed2.slice(all.length).reduce((whole, { mask }) => whole | mask, 0n),
    letters: lettersOf(shape, placed2, alphabet)
  };
}
function lettersOf(shape, tracks2, alphabet) {
  const classes = classesOf(shape);
  const made = /* @__PURE__ */ new Map();
  return shape.positions.map(({ takes, part: part2 }) => {
    const reading = tracks2.filter((track) => track.part === void 0 || track.part === part2);
    const kept5 = tracks2.filter((track) => !reading.includes(track)).reduce((whole, { mask }) => whole | mask, 0n);
    const key = `${part2} ${typeof takes === "number" ? takes : `class ${classes.indexOf(takes)}`}`;
    const known = made.get(key);
    if (known !== void 0) return known;
    const letters = /* @__PURE__ */ new Map();
    for (const unit of typeof takes === "number" ? [takes] : alphabet.filter((candidate) => takesUnit(takes, candidate))) {
      const entered = reading.reduce((whole, { set, offset }) => whole | set.enteredBy(unit) << offset, 0n);
      if (!letters.has(entered)) letters.set(entered, { unit, entered, kept: kept5 });
    }
    made.set(key, [...letters.values()]);
    return [...letters.values()];
  });
}
function run(product, method) {
  const seen = { exact: /* @__PURE__ */ new Set(), byPosition: /* @__PURE__ */ new Map() };
  let steps = 0;
  let level = successors({ positions: product.shape.first, state: product.start, before: void 0 }, product, method);
  for (let length = 1; length <= MAX_TEXT_LENGTH && level.length > 0; length++) {
    const next = [];
    for (const node2 of level) {
      if (isAccepted(node2, product)) return foundAt(node2, product.shape);
      if (!isNew(node2, product, seen)) continue;
      const positions = product.shape.positions[node2.position]?.follow ?? [];
      next.push(...successors({ positions, state: node2.state, before: node2 }, product, method));
    }
    steps += next.length;
    if (steps > MAX_STEPS[method]) return "undecided";
    level = next;
  }
  return "none";
}
function successors({ positions, state, before }, product, method) {
  const moving = state << 1n | state & product.loops;
  const nodes = [];
  for (const position of positions) {
    for (const { unit, entered, kept: kept5 } of product.letters[position] ?? []) {
      const next = moving & entered | state & kept5;
      if (product.wanted.some((mask) => (next & mask) === 0n)) continue;
      for (const one of method === "determinised" ? [next] : onePositionEach(next, product))
        nodes.push({ position, state: one, unit, before });
    }
  }
  return nodes;
}
function onePositionEach(state, { wanted, unwanted }) {
  return wanted.reduce(
    (ways, mask) => singleBits(state & mask).flatMap((bit) => ways.map((way) => way | bit)),
    [state & unwanted]
  );
}
function singleBits(set) {
  const bits = [];
  for (let rest = set; rest !== 0n; rest &= rest - 1n) bits.push(rest & -rest);
  return bits;
}
function isAccepted({ position, state }, { shape, accepting, wanted, unwanted }) {
  const ending = state & accepting;
  return shape.last.has(position) && (ending & unwanted) === 0n && wanted.every((mask) => (ending & mask) !== 0n);
}
function foundAt(node2, shape) {
  const units = [];
  const parts = /* @__PURE__ */ new Map();
  for (let at = node2; at !== void 0; at = at.before) {
    units.push(at.unit);
    const name = shape.positions[at.position]?.part ?? "";
    const part2 = parts.get(name);
    if (part2 === void 0) parts.set(name, [at.unit]);
    else part2.push(at.unit);
  }
  return { text: textOf(units), parts: new Map([...parts].map(([name, part2]) => [name, textOf(part2)])) };
}
function textOf(reversed) {
  return reversed.map((unit) => String.fromCharCode(unit)).reverse().join("");
}
function isNew({ position, state }, { unwanted }, { exact: exact2, byPosition }) {
  const key = `${position},${state.toString(32)}`;
  if (exact2.has(key)) return false;
  exact2.add(key);
  const known = byPosition.get(position) ?? [];
  const ways = state & ~unwanted;
  const traps = state & unwanted;
  for (let index = Math.max(0, known.length - MAX_COMPARED); index < known.length; index++) {
    const earlier = known[index] ?? 0n;
    if ((ways & ~earlier) === 0n && (earlier & unwanted & ~traps) === 0n) return false;
  }
  known.push(state);
  byPosition.set(position, known);
  return true;
}
var FRESH = `xyzabcdefghijklmnopqrstuvw1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.+~!#$%&'(),:;<=>?@[]^{|}"\\ \``;
var FIRST_BEYOND_ASCII = 224;
var SURROGATES = [55357, 56832];
var SLASH3 = 47;
function unitsOf(shape, tracks2) {
  const named2 = namedUnits(shape, tracks2);
  const classes = classesOf(shape);
  const fresh = /* @__PURE__ */ new Map();
  for (const unit of freshUnits(/* @__PURE__ */ new Set([...named2, ...otherCases(tracks2)]))) {
    const signature = classes.map((unitClass) => unitClass.admits(unit) ? "1" : "0").join("");
    if (!fresh.has(signature)) fresh.set(signature, unit);
  }
  const pleasant = [...named2].sort((a, b) => pleasantness(a) - pleasantness(b) || a - b);
  return [...fresh.values(), ...pleasant];
}
function classesOf(shape) {
  return [...new Set(shape.positions.flatMap(({ takes }) => typeof takes === "number" ? [] : [takes]))];
}
function namedUnits(shape, tracks2) {
  const named2 = /* @__PURE__ */ new Set([SLASH3]);
  for (const { takes } of shape.positions) if (typeof takes === "number") named2.add(takes);
  for (const { set } of tracks2) for (const unit of set.units) named2.add(unit);
  if (tracks2.some(({ set }) => !set.foldCase)) for (const unit of otherCases(tracks2)) named2.add(unit);
  return named2;
}
function otherCases(tracks2) {
  const folded2 = tracks2.flatMap(({ set }) => set.foldCase ? [...set.units] : []);
  return folded2.filter((unit) => unit >= 97 && unit <= 122).map((unit) => unit - 32);
}
function freshUnits(named2) {
  const ascii = Array.from({ length: FRESH.length }, (_, index) => FRESH.charCodeAt(index)).filter((unit) => !named2.has(unit));
  return [...ascii, ...[FIRST_BEYOND_ASCII, ...SURROGATES].map((first) => firstFree(first, named2))];
}
function firstFree(first, named2) {
  let unit = first;
  while (named2.has(unit)) unit++;
  return unit;
}
function pleasantness(unit) {
  if (unit >= 97 && unit <= 122) return 0;
  if (unit >= 48 && unit <= 57) return 1;
  return unit >= 65 && unit <= 90 ? 2 : 3;
}

// shared/policy/language.ts
function textSet(patterns) {
  const foldCase = patterns[0]?.foldCase ?? false;
  const exact2 = patterns.filter(({ automaton: automaton2, text: text4 }) => automaton2 === void 0 && text4 !== "" && !hasControlCharacter(text4));
  const wildcards = patterns.filter(({ automaton: automaton2 }) => automaton2 !== void 0);
  const literals = new Set(exact2.map(({ text: text4 }) => folded(text4, foldCase)));
  const wild = [...new Set(wildcards.map(({ text: text4 }) => folded(text4, foldCase)))].sort();
  let automaton;
  return {
    key: JSON.stringify([foldCase, [...literals].sort(), wild]),
    foldCase,
    texts: exact2.map(({ text: text4 }) => text4),
    wildcards,
    literals,
    automaton: () => {
      automaton ??= compileSet([...literals], wildcards, foldCase);
      return automaton;
    }
  };
}
function holdsText({ literals, wildcards, foldCase }, text4) {
  if (literals.has(folded(text4, foldCase))) return true;
  for (const pattern2 of wildcards) if (matches(pattern2, text4)) return true;
  return false;
}
function folded(text4, foldCase) {
  return foldCase ? text4.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text4;
}
function isEmptySet({ literals, wildcards }) {
  return literals.size === 0 && wildcards.length === 0;
}
function patternsLeft(all, none2) {
  if (none2.length === 0) return all;
  const excluded = new Set(none2.flatMap(({ wildcards, foldCase }) => wildcards.map(({ text: text4 }) => `${foldCase} ${text4}`)));
  return all.map((set) => {
    const isLeft = ({ text: text4, foldCase }) => !excluded.has(`${foldCase} ${text4}`);
    if (set.wildcards.every(isLeft)) return set;
    return textSet([...exactPatterns2(set), ...set.wildcards.filter(isLeft)]);
  });
}
function together(sets) {
  if (sets.length < 2) return sets;
  return [true, false].flatMap((foldCase) => {
    const alike = sets.filter((set) => set.foldCase === foldCase);
    return alike.length < 2 ? alike : [textSet(alike.flatMap((set) => [...exactPatterns2(set), ...set.wildcards]))];
  });
}
function exactPatterns2({ texts, foldCase }) {
  return texts.map((text4) => ({ text: text4, foldCase }));
}
var TEXT = { admits: (unit) => (unit < 55296 || unit > 57343) && !hasControlCharacter(String.fromCharCode(unit)) };
var ANY_TEXT = shapeOf(some(character(TEXT)));
var ANY_UNITS = shapeOf(some(oneOf2({ admits: (unit) => !hasControlCharacter(String.fromCharCode(unit)) })));
function shortestText({ all, none: none2, shape = ANY_TEXT }) {
  const tracks2 = (sets) => sets.map((set) => ({ set: set.automaton() }));
  return search({ shape, all: tracks2(all), none: tracks2(together(none2)) });
}
function shortestTextKept() {
  const kept5 = /* @__PURE__ */ new Map();
  return (query2) => {
    const { all, none: none2, shape = ANY_TEXT } = query2;
    const ofShape = kept5.get(shape) ?? /* @__PURE__ */ new Map();
    kept5.set(shape, ofShape);
    const key = JSON.stringify([all.map((set) => set.key).sort(), none2.map((set) => set.key).sort()]);
    const outcome = ofShape.get(key) ?? shortestText(query2);
    ofShape.set(key, outcome);
    return outcome;
  };
}

// shared/policy/lints/dangerous-event.ts
var DANGEROUS_EVENTS = /* @__PURE__ */ new Set([
  "pull_request_target",
  "workflow_run",
  "issue_comment",
  "issues",
  "discussion",
  "discussion_comment",
  "fork",
  "watch",
  "gollum",
  "pull_request_comment"
]);
var dangerousEvent = {
  id: "dangerous-event",
  severity: "warning",
  why: "Anybody on the internet can cause such a run and choose what it works on, while its ref reads like that of the default branch.",
  fix: "Take the event out of the rule; do the privileged part in a workflow that `push` or `workflow_dispatch` starts.",
  find: ({ proofs }) => proofs().flatMap(findInRule)
};
function findInRule({ grant: grant3, rule: rule2, index, letsIn }) {
  const stated2 = rule2.conditions.find(({ attribute: attribute2, byDefault }) => attribute2 === "event_name" && byDefault !== true);
  return (stated2?.patterns ?? []).flatMap(({ text: text4 }) => {
    if (!DANGEROUS_EVENTS.has(text4)) return [];
    const set = textSet([compilePattern(text4, { foldCase: false, literal: true })]);
    const run3 = letsIn([{ attribute: "event_name", set, key: `event_name=${set.key}` }]);
    if (run3 === void 0) return [];
    const message2 = `${text4} reaches this grant, for example ${run3.words}`;
    return [{ path: ["grants", grant3.name, "allow", index, "event_name"], message: message2, example: run3.payload }];
  });
}

// shared/policy/lints/environment-not-pinned.ts
var WRITES = {
  // a group named by id could be any
  "cloudflare-token": (scope3) => isJsonObject(scope3) && textsOf(scope3.permissions).some((group) => !/\bRead$/i.test(group)),
  "github-app": (scope3) => isJsonObject(scope3) && isJsonObject(scope3.permissions) && Object.values(scope3.permissions).some((level) => level !== "read"),
  jwt: () => false,
  "ssh-cert": () => true
};
var environmentNotPinned = {
  id: "environment-not-pinned",
  severity: "info",
  why: "Any job of any workflow on that ref can have it, without the approval and the branch rules an environment can ask for.",
  fix: "Give the job an environment with protection rules and state it as `environment` in the rule.",
  find: ({ policy }) => grantsOf(policy).filter(writes).flatMap(
    (grant3) => grant3.rules.flatMap((rule2, index) => {
      if (namesEnvironment(rule2)) return [];
      return [{ path: ["grants", grant3.name, "allow", index], message: "write access without an environment" }];
    })
  )
};
function writes({ connection: connection7, scope: scope3 }) {
  const { name } = connection7.kind;
  return isKindName(name) && WRITES[name](scope3);
}
function namesEnvironment({ conditions: conditions2, workload: workload3 }) {
  return [...conditions2, ...workload3.is].some(({ attribute: attribute2 }) => attribute2 === "environment" || attribute2 === "environment_node_id");
}

// shared/policy/lints/grant-without-scenarios.ts
var grantWithoutScenarios = {
  id: "grant-without-scenarios",
  severity: "info",
  why: "Nothing fails when an edit closes the grant to its users or opens it to others.",
  fix: "Write a scenario that is allowed and one that is refused; `jobpass scaffold` prints a pair to start from.",
  find: ({ document: { grants, scenarios } }) => {
    const allowed = new Set(scenarios.filter(({ expect }) => expect === "allow").map(({ ask }) => ask));
    const refused2 = new Set(scenarios.filter(({ expect }) => expect !== "allow").map(({ ask }) => ask));
    return Object.keys(grants).flatMap((name) => {
      const missing2 = [...allowed.has(name) ? [] : ["one that is allowed"], ...refused2.has(name) ? [] : ["one that is refused"]];
      if (missing2.length === 0) return [];
      return [{ path: ["grants", name], at: "key", message: `the grant ${name} needs scenarios: ${missing2.join(" and ")}` }];
    });
  }
};

// shared/policy/lints/guardrail-reachable.ts
var guardrailReachable = {
  id: "guardrail-reachable",
  severity: "warning",
  why: "The rule promises what the guardrail refuses: the day the guardrail is loosened, the rule opens.",
  fix: "Narrow the rule so that it never meets what the guardrail forbids.",
  find: ({ proofs }) => proofs().flatMap(
    ({ grant: grant3, index, verdict: verdict2, stopped }) => (
      // a rule that is stopped altogether is told as unreachable
      (verdict2 === "forbidden" ? [] : stopped).map(({ guardrail: guardrail2, run: run3 }) => ({
        path: ["grants", grant3.name, "allow", index],
        message: `the guardrail ${guardrail2.name} has to stop ${run3.words}, which this rule lets in`,
        example: run3.payload
      }))
    )
  )
};

// shared/policy/lints/id-not-pinned.ts
var idNotPinned = {
  id: "id-not-pinned",
  severity: "warning",
  why: "Whoever registers the name after it is given up, by a rename or a deletion, is this workload.",
  fix: "Add `repository_id` beside the name; `jobpass pin` looks it up and writes it.",
  find: ({ document }) => Object.entries(document.workloads).flatMap(([name, { is }]) => {
    if (is.repository_id !== void 0) return [];
    const exact2 = textsOf(is.repository).find((text4) => !text4.includes("*"));
    if (exact2 === void 0) return [];
    return [{ path: ["workloads", name, "is", "repository"], message: `${quoted(exact2)} is a name without its id` }];
  })
};

// shared/policy/lints/loopback-issuer.ts
var loopbackIssuer = {
  id: "loopback-issuer",
  severity: "warning",
  why: "Whoever runs on the same machine can be this issuer, and only a local broker will trust it.",
  fix: "Use the https URL of the CI platform; keep a loopback issuer in a policy that only `jobpass dev` reads.",
  find: ({ document: { issuers } }) => Object.entries(issuers).filter(([, { url }]) => isLoopbackIssuer(url)).map(([name]) => ({
    path: ["issuers", name, "url"],
    message: `the issuer ${name} is a loopback http URL: only a broker on loopback will publish this policy`
  }))
};

// shared/policy/lints/owner-missing.ts
var NOBODY = /^(?:[-?.x]+|todo|tbd|fixme|none|n\/a|na|nobody|noone|unknown|unowned|owner|someone|everyone|anyone|all|test|change-?me)$/i;
var ownerMissing = {
  id: "owner-missing",
  severity: "warning",
  why: "Nobody is asked when it is reviewed, misused or in the way, so it stays for ever.",
  fix: "Name the team or person who answers for it.",
  find: ({ document }) => ["workloads", "connections", "grants"].flatMap(
    (section3) => Object.entries(document[section3]).filter(([, { owner: owner3 }]) => NOBODY.test(owner3.trim())).map(([name, { owner: owner3 }]) => ({ path: [section3, name, "owner"], message: `${quoted(owner3)} is nobody who could be asked` }))
  )
};

// shared/policy/lints/review-overdue.ts
var reviewOverdue = {
  id: "review-overdue",
  severity: "warning",
  why: "Access that nobody looks at again outlives its reason.",
  fix: "Ask the owner whether the grant is still needed as it is, then write the date of the next review, or remove it.",
  find: ({ document, today }) => Object.entries(document.grants).flatMap(([name, { review }]) => {
    if (review === void 0 || review >= today) return [];
    return [{ path: ["grants", name, "review"], message: `the review of ${review} is overdue` }];
  })
};

// shared/policy/lints/rotation-overdue.ts
var rotationOverdue = {
  id: "rotation-overdue",
  severity: "warning",
  why: "The older a root secret is, the more people, backups and logs have seen it.",
  fix: "Replace the root secret at its upstream and in the broker, then write the day as `rotation.last`.",
  find: ({ document, today }) => Object.entries(document.connections).flatMap(([name, { rotation: rotation2 }]) => {
    const due = rotation2?.last === void 0 ? void 0 : dueDate(rotation2.last, rotation2.every);
    if (due === void 0 || due >= today) return [];
    return [{ path: ["connections", name, "rotation"], message: `the root secret was due for rotation on ${due}` }];
  })
};
var LAST_INSTANT_MS = 864e13;
function dueDate(last, every) {
  const dueMs = Date.parse(`${last}T00:00:00Z`) + (parseDuration(every) ?? 0) * 1e3;
  return dueMs > LAST_INSTANT_MS ? void 0 : new Date(dueMs).toISOString().slice(0, 10);
}

// shared/policy/lints/scope-of-all.ts
var scopeOfAll = {
  id: "scope-of-all",
  severity: "warning",
  why: "One job of one repository can reach them all, and every one that is added later.",
  fix: "List those the purpose needs by name.",
  find: ({ policy }) => grantsOf(policy).flatMap(
    ({ name, scope: scope3 }) => allIn(scope3).map(({ path, what }) => ({
      path: ["grants", name, "scope", ...path],
      message: `the scope is all ${what} of the connection`
    }))
  )
};
function allIn(scope3) {
  if (!isJsonObject(scope3)) return [];
  if (scope3.repositories === "all") return [{ path: ["repositories"], what: "repositories" }];
  return isJsonObject(scope3.resources) && scope3.resources.zones === "all" ? [{ path: ["resources", "zones"], what: "zones" }] : [];
}

// shared/policy/lints/self-service.ts
var POLICY_NAME = /\/(?:(?:jobpass|access|credentials?|ci)[-_.])?(?:policy|policies)$/i;
var selfService = {
  id: "self-service",
  severity: "warning",
  why: "Who can change the rules could give themselves a credential and take the rule back, all in one repository.",
  fix: "Let another repository do the work; the policy repository publishes and nothing else.",
  find: ({ policy, policyRepository }) => {
    const holders = holdersOf(policy, policyRepository);
    return grantsOf(policy).flatMap(
      (grant3) => grant3.rules.flatMap(({ workload: workload3 }, index) => {
        if (!holders.has(workload3.name)) return [];
        const message2 = `the workload ${workload3.name} is the repository this policy is kept in, or looks like it`;
        return [{ path: ["grants", grant3.name, "allow", index, "workload"], message: message2 }];
      })
    );
  }
};
function holdersOf(policy, policyRepository) {
  const holds2 = (workload3) => policyRepository === void 0 ? looksLikeIt(workload3) : isRepository(workload3, policyRepository);
  return new Set(
    policy.workloadNames.filter((name) => {
      const workload3 = policy.workload(name);
      return workload3 !== void 0 && holds2(workload3);
    })
  );
}
function looksLikeIt({ is }) {
  return is.some(({ attribute: attribute2, patterns }) => attribute2 === "repository" && patterns.some(({ text: text4 }) => POLICY_NAME.test(text4)));
}
function isRepository({ is }, repository2) {
  const facts = /* @__PURE__ */ new Map([
    ["repository", repository2],
    ["repository_owner", repository2.slice(0, Math.max(repository2.indexOf("/"), 0))]
  ]);
  const named2 = is.filter(({ attribute: attribute2 }) => facts.has(attribute2));
  return named2.length > 0 && named2.every(({ attribute: attribute2, patterns }) => patterns.some((pattern2) => matches(pattern2, facts.get(attribute2) ?? "")));
}

// shared/policy/lints/shadowed-rule.ts
var shadowedRule = {
  id: "shadowed-rule",
  severity: "warning",
  why: "It reads as if it limited or added something and does neither: the first rule that matches has decided.",
  fix: "Remove it, or narrow the rule before it if that one is too wide.",
  find: ({ proofs }) => proofs().flatMap(
    ({ grant: grant3, index, verdict: verdict2 }) => verdict2 === "shadowed" ? [{ path: ["grants", grant3.name, "allow", index], message: `the rules before it let in everybody whom it lets in` }] : []
  )
};

// shared/policy/lints/static-secret-without-sunset.ts
var staticSecretWithoutSunset = {
  id: "static-secret-without-sunset",
  severity: "info",
  why: "A stored secret without an end is never replaced, and nobody can say how old it is.",
  fix: "Write `rotation` with `every` and `last`; move to a kind without a stored secret where there is one.",
  find: ({ document, policy }) => connectionsOf(policy).flatMap(({ name, kind, settings: settings2 }) => {
    const rotation2 = entryOf(document.connections, name)?.rotation;
    const [secret] = kind.secretNames(settings2);
    if (secret === void 0 || rotation2?.last !== void 0) return [];
    const missing2 = rotation2 === void 0 ? "rotation is not written" : "rotation does not say when it last was";
    return [{ path: ["connections", name], at: "key", message: `it rests on the stored secret ${secret}, and ${missing2}` }];
  })
};

// shared/policy/lints/ttl-above-maximum.ts
var ttlAboveMaximum = {
  id: "ttl-above-maximum",
  severity: "warning",
  why: "The policy says more than anybody gets: the lifetime is clamped, and readers of the grant are misled.",
  fix: "Write the lifetime it is clamped to, or raise `max_ttl` where that is what clamps it.",
  find: ({ policy }) => grantsOf(policy).flatMap((grant3) => {
    const because = clampedBy(grant3, policy.settings);
    if (because === void 0) return [];
    const lifetime = formatDuration(lifetimeOf(grant3, policy.settings));
    const message2 = `${formatDuration(grant3.ttl)} is clamped to ${lifetime}, because ${because}`;
    return [{ path: ["grants", grant3.name, "ttl"], message: message2, edit: { set: lifetime } }];
  })
};

// shared/policy/lints/ttl-above-need.ts
var ENOUGH = 1800;
var ttlAboveNeed = {
  id: "ttl-above-need",
  severity: "info",
  why: "A credential that leaks is good for as long as it lives, and hardly a purpose needs one for longer than half an hour.",
  fix: "Shorten `ttl` to what the step takes; a long job draws a second credential when it needs one.",
  find: ({ policy }) => grantsOf(policy).flatMap((grant3) => {
    const lifetime = lifetimeOf(grant3, policy.settings);
    if (lifetime <= ENOUGH) return [];
    const message2 = `its credentials live ${formatDuration(lifetime)}: does "${grant3.purpose}" take that long?`;
    return [{ path: ["grants", grant3.name, "ttl"], message: message2 }];
  })
};

// shared/policy/lints/unreachable-rule.ts
var unreachableRule = {
  id: "unreachable-rule",
  severity: "warning",
  why: "Its author meant somebody, and that somebody is refused.",
  fix: "Correct the condition that contradicts the others, or remove the rule.",
  find: ({ proofs }) => proofs().flatMap(({ grant: grant3, index, verdict: verdict2, stopped }) => {
    const path = ["grants", grant3.name, "allow", index];
    if (verdict2 === "impossible") return [{ path, message: "no run can meet all of its conditions" }];
    if (verdict2 !== "forbidden") return [];
    const names = stopped.map(({ guardrail: guardrail2 }) => guardrail2.name).join(" and ");
    return [{ path, message: `every run that meets it is stopped by ${names === "" ? "guardrails" : names}` }];
  })
};

// shared/policy/lints/unused-connection.ts
var unusedConnection = {
  id: "unused-connection",
  severity: "info",
  why: "Its root secret is kept and rotated for nobody.",
  fix: "Remove it, and its root secret from the broker and the upstream.",
  find: ({ document }) => {
    const used = new Set(Object.values(document.grants).map(({ connection: connection7 }) => connection7));
    return Object.keys(document.connections).filter((name) => !used.has(name)).map((name) => ({ path: ["connections", name], at: "key", message: `no grant uses the connection ${name}`, edit: "remove" }));
  }
};

// shared/policy/lints/unused-workload.ts
var unusedWorkload = {
  id: "unused-workload",
  severity: "info",
  why: "A record that does nothing still has to be read, owned and kept right.",
  fix: "Remove it, or write the rule it was meant for.",
  find: ({ document: { workloads, grants, connections, scenarios } }) => {
    const used = /* @__PURE__ */ new Set([
      ...Object.values(grants).flatMap(({ allow }) => allow.map(({ workload: workload3 }) => workload3)),
      ...Object.values(connections).flatMap((connection7) => textsOf(kindSettings(connection7).resource_servers)),
      ...scenarios.map(({ as }) => as.workload)
    ]);
    return Object.keys(workloads).filter((name) => !used.has(name)).map((name) => ({ path: ["workloads", name], at: "key", message: `nothing names the workload ${name}`, edit: "remove" }));
  }
};

// shared/policy/witness-github-facts.ts
var REF_FORMS = ["branch", "tag", "pull", "none"];
var REFS_OF_EVENT = /* @__PURE__ */ new Map([
  ["push", ["branch", "tag"]],
  ["create", ["branch", "tag"]],
  ["workflow_dispatch", ["branch", "tag"]],
  ["release", ["tag"]],
  ["pull_request", ["pull"]],
  ["pull_request_review", ["pull"]],
  ["pull_request_review_comment", ["pull"]],
  ["deployment", ["branch", "tag", "none"]],
  ["deployment_status", ["branch", "tag", "none"]]
]);
var BRANCH_EVENTS = [
  "branch_protection_rule",
  "check_run",
  "check_suite",
  "delete",
  "discussion",
  "discussion_comment",
  "fork",
  "gollum",
  "issue_comment",
  "issues",
  "label",
  "merge_group",
  "milestone",
  "project",
  "project_card",
  "project_column",
  "public",
  "pull_request_target",
  "repository_dispatch",
  "schedule",
  "watch",
  "workflow_run"
];
function refsOf(event) {
  return REFS_OF_EVENT.get(event) ?? (BRANCH_EVENTS.includes(event) ? ["branch"] : REF_FORMS);
}
function branchesNamed(event) {
  if (event === "pull_request" || event === "pull_request_target") return "always";
  return refsOf(event).includes("pull") || event === "merge_group" ? "maybe" : "never";
}
var REF_TYPES = {
  branch: ["branch"],
  pull: ["branch"],
  tag: ["tag"],
  none: [void 0, "branch", "tag"]
};
var USUAL_FIRST = ["push", "workflow_dispatch", "release", "schedule", "pull_request", "pull_request_target"];
var EVENTS = [.../* @__PURE__ */ new Set([...USUAL_FIRST, ...EVENT_NAMES])];
var isLetterOrDigit = (unit) => unit >= 97 && unit <= 122 || unit >= 48 && unit <= 57 || unit >= 65 && unit <= 90;
var isText = (unit) => (unit < 55296 || unit > 57343) && !hasControlCharacter(String.fromCharCode(unit));
var OWNER_UNIT = { admits: (unit) => isLetterOrDigit(unit) || unit === 45 || unit === 95 };
var NAME_UNIT = { admits: (unit) => OWNER_UNIT.admits(unit) || unit === 46 };
var DIGIT = { admits: (unit) => unit >= 48 && unit <= 57 };
var DIGIT_NOT_ZERO = { admits: (unit) => unit >= 49 && unit <= 57 };
var HEX_DIGIT = { admits: (unit) => DIGIT.admits(unit) || unit >= 97 && unit <= 102 };
var REF_UNIT = { admits: (unit) => isText(unit) && !" ~^:?*[\\/.".includes(String.fromCharCode(unit)) };
var FILE_UNIT = { admits: (unit) => isText(unit) && unit !== 47 };
var PATH_UNIT = { admits: isText };
var COMPONENT = sequence(some(sequence(character(REF_UNIT), maybe(some(sequence(literal2("."), character(REF_UNIT)))))));
var REF_NAME = sequence(maybe(some(sequence(COMPONENT, maybe(literal2(".")), literal2("/")))), COMPONENT);
var REF = {
  branch: sequence(literal2("refs/heads/"), REF_NAME),
  tag: sequence(literal2("refs/tags/"), REF_NAME),
  pull: sequence(literal2("refs/pull/"), oneOf2(DIGIT_NOT_ZERO), maybe(some(oneOf2(DIGIT))), literal2("/merge"))
};
var COMMIT = times(40, oneOf2(HEX_DIGIT));
var REPOSITORY2 = sequence(some(oneOf2(OWNER_UNIT)), literal2("/"), some(oneOf2(NAME_UNIT)));
var FILE = choice(
  sequence(literal2("/.github/workflows/"), some(character(FILE_UNIT)), choice(literal2(".yml"), literal2(".yaml"))),
  sequence(literal2("/dynamic/"), some(character(PATH_UNIT)))
);
var REPOSITORY_SHAPE = shapeOf(REPOSITORY2);
var BRANCH_NAME_SHAPE = shapeOf(REF_NAME);
var REF_SHAPES = {
  branch: shapeOf(REF.branch),
  tag: shapeOf(REF.tag),
  pull: shapeOf(REF.pull)
};
var workflowShape = (ref) => shapeOf(sequence(part("repository", REPOSITORY2), FILE, literal2("@"), part("ref", ref)));
var WORKFLOW_SHAPES = {
  branch: workflowShape(REF.branch),
  tag: workflowShape(REF.tag),
  pull: workflowShape(REF.pull),
  none: shapeOf(sequence(part("repository", REPOSITORY2), FILE, literal2("@"), part("commit", COMMIT)))
};
var CALLED_WORKFLOW_SHAPE = shapeOf(sequence(REPOSITORY2, FILE, literal2("@"), choice(REF.branch, REF.tag, REF.pull, COMMIT)));

// shared/policy/witness-github-payload.ts
var RUN = { run_id: "24766983965", run_number: "42", check_run_id: "72463523102", workflow: "ci" };
var MAX_CLAIM_LENGTH2 = 1024;
function githubPayload(issuerUrl, run3) {
  const fact = (name) => run3.get(name) ?? "";
  const sub = subject(fact);
  return {
    iss: issuerUrl,
    ...sub.length > MAX_CLAIM_LENGTH2 ? {} : { sub },
    repository: fact("repository"),
    repository_id: fact("repository_id"),
    repository_owner: fact("repository_owner"),
    repository_owner_id: fact("repository_owner_id"),
    event_name: fact("event_name"),
    ref: fact("ref"),
    ref_type: fact("ref_type"),
    head_ref: fact("head_ref"),
    base_ref: fact("base_ref"),
    ...Object.fromEntries(run3),
    ...RUN
  };
}
function subject(fact) {
  const [owner3 = "", name = ""] = fact("repository").split("/");
  const escaped = (text4) => text4.replaceAll(":", "%3A");
  const start = `repo:${owner3}@${fact("repository_owner_id")}/${name}@${fact("repository_id")}`;
  if (fact("environment") !== "") return `${start}:environment:${escaped(fact("environment"))}`;
  return fact("event_name") === "pull_request" ? `${start}:pull_request` : `${start}:ref:${escaped(fact("ref"))}`;
}

// shared/policy/witness-region.ts
var EVERYWHERE = { bounds: /* @__PURE__ */ new Map(), holding: /* @__PURE__ */ new Set(), usual: /* @__PURE__ */ new Map() };
var UNBOUNDED = { all: [], none: [] };
function within(region, tests) {
  const open2 = tests.filter(({ key }) => !region.holding.has(key));
  if (open2.length === 0) return region;
  const bounds = new Map(region.bounds);
  for (const { attribute: attribute2, set } of open2) bounds.set(attribute2, boundedBy(bounds.get(attribute2) ?? UNBOUNDED, set));
  const holding = new Set(region.holding);
  for (const { key } of open2) holding.add(key);
  return { bounds, holding, usual: region.usual };
}
function without(region, { attribute: attribute2, set }) {
  const old = region.bounds.get(attribute2) ?? UNBOUNDED;
  const rest = old.rest?.filter((text4) => !holdsText(set, text4));
  const bounds = new Map(region.bounds).set(attribute2, { all: old.all, none: [...old.none, set], ...rest === void 0 ? {} : { rest } });
  return { bounds, holding: region.holding, usual: region.usual };
}
function boundedBy({ all, none: none2, rest }, set) {
  const left = rest?.filter((text4) => holdsText(set, text4)) ?? textsLeft(set, all, none2);
  return { all: [...all, set], none: none2, ...left === void 0 ? {} : { rest: left } };
}
function textsLeft(set, all, none2) {
  if (set.wildcards.length > 0) return void 0;
  return set.texts.filter((text4) => all.every((other) => holdsText(other, text4)) && !none2.some((other) => holdsText(other, text4)));
}
function admits({ bounds }, attribute2, value) {
  const bound = bounds.get(attribute2);
  if (bound === void 0) return true;
  if (value === void 0 || value === "") return bound.all.length === 0;
  return bound.all.every((set) => holdsText(set, value)) && !bound.none.some((set) => holdsText(set, value));
}
function isNeeded({ bounds }, attribute2) {
  return (bounds.get(attribute2)?.all.length ?? 0) > 0;
}
function holdsFor({ attribute: attribute2, set }, run3) {
  const value = run3.get(attribute2);
  return value !== void 0 && holdsText(set, value);
}

// shared/policy/witness-github-values.ts
var USUAL = {
  file: "/.github/workflows/ci.yml",
  commit: "a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4",
  texts: /* @__PURE__ */ new Map([
    ["ref", ["refs/heads/main", "refs/heads/feature", "refs/tags/v1.0.0", "refs/tags/v2.0.0", "refs/pull/7/merge"]],
    ["repository", ["octo-org/app", "octo-org/docs"]],
    ["head_ref", ["feature", "patch-1"]],
    ["base_ref", ["main", "develop"]],
    ["environment", ["production", "staging", "preview"]]
  ])
};
var counted = (first) => (index) => String(BigInt(first) + BigInt(index));
var named = (first) => (index) => index === 0 ? first : `${first}-${index}`;
var commits = (index) => index === 0 ? USUAL.commit : index.toString(16).padStart(8, "0") + USUAL.commit.slice(8);
var ALWAYS = [
  ["repository_id", counted("1217768983")],
  ["repository_owner_id", counted("65000001")],
  ["repository_visibility", ["private", "internal", "public"]],
  ["ref_protected", ["true", "false"]],
  ["runner_environment", ["github-hosted", "self-hosted"]],
  ["run_attempt", counted("1")],
  ["actor", named("octocat")],
  ["actor_id", counted("583231")],
  ["sha", commits],
  ["workflow_sha", commits],
  ["job_workflow_sha", commits]
];
var VALUES = new Map([
  ...ALWAYS,
  ["environment_node_id", named("EN_kwDOSJX-184AAAABJcAh1w")],
  ["enterprise", named("octo-ent")],
  ["enterprise_id", counted("4242")]
]);
var ALWAYS_THERE = ALWAYS.map(([attribute2]) => attribute2);
function exactValue(region, attribute2) {
  const values = VALUES.get(attribute2) ?? named("value");
  const rest = region.bounds.get(attribute2)?.rest;
  if (typeof values !== "function")
    return values.find((value) => rest === void 0 ? admits(region, attribute2, value) : rest.includes(value));
  if (rest !== void 0) return rest[0];
  for (let index = 0; ; index++) if (admits(region, attribute2, values(index))) return values(index);
}

// shared/policy/witness-github.ts
function searched(condition) {
  if (condition.attribute !== "repository_owner") return condition;
  const patterns = condition.patterns.map(({ text: text4 }) => compilePattern(`${text4}/*`, { foldCase: true }));
  return { attribute: "repository", patterns };
}
function find(region, seek) {
  const independent = independentFacts(region, seek);
  if (typeof independent === "string") return independent;
  const placed2 = placeAndEvent(region, seek);
  if (typeof placed2 === "string") return placed2;
  const called = calledWorkflow(region, placed2.get("workflow_ref") ?? "", seek);
  if (typeof called === "string") return called;
  for (const [name, value] of independent) placed2.set(name, value);
  if (called.value !== void 0) placed2.set("job_workflow_ref", called.value);
  if (placed2.get("ref")?.startsWith("refs/pull/") === true && admits(region, "ref_protected", "false")) placed2.set("ref_protected", "false");
  return placed2;
}
function independentFacts(region, seek) {
  const facts = /* @__PURE__ */ new Map();
  const needsEnvironment = isNeeded(region, "environment") || isNeeded(region, "environment_node_id");
  const environment = needsEnvironment ? textValue(region, "environment", { shape: ANY_TEXT, seek }) : { value: void 0 };
  if (typeof environment === "string") return environment;
  if (environment.value !== void 0) facts.set("environment", environment.value);
  const present = /* @__PURE__ */ new Set([...ALWAYS_THERE, ...[...region.bounds.keys()].filter((attribute2) => isNeeded(region, attribute2))]);
  if (environment.value !== void 0) present.add("environment_node_id");
  if (ENTERPRISE.some((attribute2) => present.has(attribute2))) for (const attribute2 of ENTERPRISE) present.add(attribute2);
  for (const attribute2 of present) {
    if (FOUND_TOGETHER.has(attribute2)) continue;
    const value = exactValue(region, attribute2);
    if (value === void 0) return "none";
    facts.set(attribute2, value);
  }
  return facts;
}
var ENTERPRISE = ["enterprise", "enterprise_id"];
var FOUND_TOGETHER = /* @__PURE__ */ new Set([
  "environment",
  "event_name",
  "ref",
  "ref_type",
  "repository",
  "workflow_ref",
  "job_workflow_ref",
  "head_ref",
  "base_ref"
]);
function placeAndEvent(region, seek) {
  const placeOf = kept((form) => findPlace(region, form, seek));
  const branches = kept((named2) => pullRequestBranches(region, named2, seek));
  const left = region.bounds.get("event_name")?.rest;
  const events = EVENTS.filter((event) => left === void 0 ? admits(region, "event_name", event) : left.includes(event));
  let failure3 = "none";
  for (const [event, form] of events.flatMap((name) => refsOf(name).map((ref) => [name, ref]))) {
    const named2 = branches(branchesNamed(event));
    const place3 = typeof named2 === "string" ? named2 : placeOf(form);
    if (typeof named2 !== "string" && typeof place3 !== "string") return new Map([...place3, ...named2, ["event_name", event]]);
    if (place3 === "undecided") failure3 = "undecided";
  }
  return failure3;
}
function kept(make) {
  const made = /* @__PURE__ */ new Map();
  return (key) => {
    const known = made.get(key);
    if (known !== void 0) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
function pullRequestBranches(region, named2, seek) {
  const facts = /* @__PURE__ */ new Map();
  for (const attribute2 of ["head_ref", "base_ref"]) {
    const isSought = named2 === "always" || isNeeded(region, attribute2);
    if (named2 === "never" && isSought) return "none";
    const found2 = isSought ? textValue(region, attribute2, { shape: BRANCH_NAME_SHAPE, seek }) : { value: void 0 };
    if (typeof found2 === "string") return found2;
    if (found2.value !== void 0) facts.set(attribute2, found2.value);
  }
  return facts;
}
function findPlace(region, form, seek) {
  const refType = REF_TYPES[form].find((type) => admits(region, "ref_type", type));
  if (refType === void 0 && !(form === "none" && admits(region, "ref_type", void 0))) return "none";
  const place3 = region.bounds.has("workflow_ref") ? placeByWorkflow(region, form, seek) : placeByParts(region, form, seek);
  if (typeof place3 === "string") return place3;
  const facts = /* @__PURE__ */ new Map([
    ["repository", place3.repository],
    ["repository_owner", place3.repository.slice(0, place3.repository.indexOf("/"))],
    ["workflow_ref", place3.workflow]
  ]);
  if (place3.ref !== "") facts.set("ref", place3.ref);
  if (refType !== void 0) facts.set("ref_type", refType);
  return facts;
}
function placeByParts(region, form, seek) {
  if (form === "none" && isNeeded(region, "ref")) return "none";
  const ref = form === "none" ? { value: "" } : textValue(region, "ref", { shape: REF_SHAPES[form], seek });
  if (typeof ref === "string") return ref;
  const repository2 = textValue(region, "repository", { shape: REPOSITORY_SHAPE, seek });
  if (typeof repository2 === "string") return repository2;
  const [name = "", at = ""] = [repository2.value, ref.value];
  return { repository: name, ref: at, workflow: `${name}${USUAL.file}@${at === "" ? USUAL.commit : at}` };
}
function placeByWorkflow(region, form, seek) {
  if (form === "none" && isNeeded(region, "ref")) return "none";
  const rest = region.bounds.get("workflow_ref")?.rest;
  if (rest !== void 0)
    return firstPlace(
      rest.flatMap((workflow) => splits(workflow, form)),
      region
    ) ?? "none";
  const usual = placeByParts(region, form, seek);
  if (typeof usual === "string") return usual;
  if (admits(region, "workflow_ref", usual.workflow)) return usual;
  const found2 = search({
    shape: WORKFLOW_SHAPES[form],
    all: TRACKED.flatMap((attribute2) => tracks(region, "all", attribute2)),
    none: TRACKED.flatMap((attribute2) => tracks(region, "none", attribute2))
  });
  if (typeof found2 === "string") return found2;
  return { repository: found2.parts.get("repository") ?? "", ref: found2.parts.get("ref") ?? "", workflow: found2.text };
}
var TRACKED = ["workflow_ref", "repository", "ref"];
function tracks({ bounds }, which, attribute2) {
  const { all, none: none2 } = bounds.get(attribute2) ?? { all: NO_SETS, none: NO_SETS };
  const sets = which === "all" ? patternsLeft(all, none2) : together(none2);
  return sets.map((set) => attribute2 === "workflow_ref" ? { set: set.automaton() } : { set: set.automaton(), part: attribute2 });
}
function splits(workflow, form) {
  if (!hasShape(WORKFLOW_SHAPES[form], workflow)) return [];
  const repository2 = workflow.split("/", 2).join("/");
  const places = [];
  for (let at = workflow.indexOf("@"); at >= 0; at = workflow.indexOf("@", at + 1)) {
    const ref = workflow.slice(at + 1);
    if (form === "none") places.push({ repository: repository2, ref: "", workflow });
    else if (hasShape(REF_SHAPES[form], ref)) places.push({ repository: repository2, ref, workflow });
  }
  return places;
}
function firstPlace(places, region) {
  return places.find(({ repository: repository2, ref }) => admits(region, "repository", repository2) && admits(region, "ref", ref));
}
function calledWorkflow(region, workflow, seek) {
  if (admits(region, "job_workflow_ref", workflow)) return { value: workflow };
  return textValue(region, "job_workflow_ref", { shape: CALLED_WORKFLOW_SHAPE, seek });
}
function textValue(region, attribute2, { shape, seek }) {
  const bounds = region.bounds.get(attribute2);
  const isFit = (text4) => admits(region, attribute2, text4) && seek.fits(shape, text4);
  const usual = region.usual.get(attribute2)?.find(isFit);
  const candidate = usual ?? (bounds?.rest ?? USUAL.texts.get(attribute2) ?? []).find(isFit);
  if (candidate !== void 0) return { value: candidate };
  if (bounds?.rest !== void 0) return "none";
  const all = patternsLeft(bounds?.all ?? NO_SETS, bounds?.none ?? NO_SETS);
  if (all.some(isEmptySet)) return "none";
  const example = all.flatMap(({ wildcards }) => wildcards.slice(0, MAX_EXAMPLES).map(({ text: text4 }) => exampleOf(text4))).find(isFit);
  if (example !== void 0) return { value: example };
  return soughtText(seek.shortest({ all, none: bounds?.none ?? NO_SETS, shape }));
}
var MAX_EXAMPLES = 20;
function exampleOf(pattern2) {
  return pattern2.replace(/\*\*?/g, "x");
}
var NO_SETS = [];
function soughtText(outcome) {
  return typeof outcome === "string" ? outcome : { value: outcome.text };
}
function githubRuns() {
  const seek = { shortest: shortestTextKept(), fits: hasShapeKept() };
  return { searched, find: (region) => find(region, seek), payload: githubPayload };
}

// shared/policy/witness.ts
var RUN_MODELS = { github: githubRuns };
function runModels() {
  const made = /* @__PURE__ */ new Map();
  return (platform) => {
    const known = made.get(platform);
    if (known !== void 0) return known;
    const make = Object.hasOwn(RUN_MODELS, platform.name) ? RUN_MODELS[platform.name] : void 0;
    if (make === void 0) throw new TypeError(`platform ${platform.name} has no model of its runs`);
    const model = make();
    made.set(platform, model);
    return model;
  };
}
var MAX_PIECES = 2e4;
function findOutside(region, areas, model) {
  const pieces = [region];
  let searched2 = 0;
  for (let piece = pieces.pop(); piece !== void 0; piece = pieces.pop()) {
    if (++searched2 > MAX_PIECES) return "undecided";
    const run3 = model.find(piece);
    if (run3 === "undecided") return "undecided";
    if (run3 === "none") continue;
    const open2 = openTests(piece, areas, run3);
    if (open2 === void 0) return { run: run3, region: piece };
    pieces.push(...piecesOutside(piece, open2).reverse());
  }
  return "none";
}
function openTests({ holding }, areas, run3) {
  let best;
  for (const { tests } of areas) {
    if (!tests.every((test) => holdsFor(test, run3))) continue;
    const open2 = tests.filter(({ key }) => !holding.has(key));
    if (best === void 0 || open2.length < best.length) best = open2;
    if (open2.length === 0) break;
  }
  return best;
}
function piecesOutside(region, tests) {
  let holding = region;
  return tests.map((test) => {
    const piece = without(holding, test);
    holding = within(holding, [test]);
    return piece;
  });
}

// shared/policy/plan-access.ts
var NO_ACCESS = { rules: [], guards: [], key: "" };
function startReading() {
  const byWords = /* @__PURE__ */ new Map();
  const bySet = /* @__PURE__ */ new Map();
  const testOf3 = (condition, model) => {
    const words = wordsOf(condition);
    const known = byWords.get(words);
    if (known !== void 0) return known;
    const { attribute: attribute2, patterns } = model.searched(condition);
    const set = textSet(patterns);
    const setKey = `${attribute2} ${set.key}`;
    const test = bySet.get(setKey) ?? { attribute: attribute2, set, key: String(bySet.size) };
    bySet.set(setKey, test);
    byWords.set(words, test);
    return test;
  };
  return { modelOf: runModels(), testOf: testOf3 };
}
function wordsOf({ attribute: attribute2, patterns }) {
  let words = attribute2;
  for (const { text: text4, foldCase, automaton } of patterns) words += `
${foldCase ? "f" : ""}${automaton === void 0 ? "=" : "~"}${text4}`;
  return words;
}
function accessOf(policy, reading = startReading()) {
  const identities = /* @__PURE__ */ new Map();
  const identityOf = (workload3) => {
    const known = identities.get(workload3);
    if (known !== void 0) return known;
    const model = reading.modelOf(workload3.issuer.platform);
    const ways = identityConditions(workload3).map((conditions2) => conditions2.map((condition) => reading.testOf(condition, model)));
    identities.set(workload3, ways);
    return ways;
  };
  const guards = policy.guardrails.map(({ appliesTo, forbid }) => ({ appliesTo, area: guardArea(forbid, policy, reading) }));
  return (grant3) => {
    const rules2 = grant3.rules.filter(({ workload: workload3 }) => !workload3.suspended).flatMap((rule2) => identityOf(rule2.workload).map((identity) => ruleArea(rule2, identity, reading)));
    const above = guards.filter(({ appliesTo }) => appliesTo(grant3)).map(({ area }) => area);
    return { rules: rules2, guards: above, key: `${keyOf2(rules2)} but ${keyOf2(above)}` };
  };
}
function keyOf2(items) {
  return [...new Set(items.map(({ key }) => key))].sort().join("|");
}
function ruleArea(rule2, identity, { modelOf, testOf: testOf3 }) {
  const { issuer: issuer3 } = rule2.workload;
  const model = modelOf(issuer3.platform);
  const tests = uniqueTests([...identity, ...rule2.conditions.map((condition) => testOf3(condition, model))]);
  return { issuer: issuer3, model, tests, key: `${issuer3.url} ${testsKey(tests)}`, rule: rule2 };
}
function uniqueTests(tests) {
  const unique = [...new Map(tests.map((test) => [test.key, test])).values()];
  return unique.sort((a, b) => a.set.wildcards.length - b.set.wildcards.length || a.set.literals.size - b.set.literals.size);
}
function guardArea(forbid, policy, { modelOf, testOf: testOf3 }) {
  const [issuer3] = policy.issuers.values();
  const tests = issuer3 === void 0 ? [] : uniqueTests(forbid.map((condition) => testOf3(condition, modelOf(issuer3.platform))));
  return { tests, key: testsKey(tests) };
}
function testsKey(tests) {
  return tests.map(({ key }) => key).sort().join(",");
}
function identityConditions(workload3) {
  const { is, issuer: issuer3 } = workload3;
  const fence = exact(
    OWNER_ID2,
    issuer3.owners.map(({ id: id4 }) => id4)
  );
  const isPinned = is.some(({ attribute: attribute2 }) => attribute2 === ID2);
  if (!isPinned) return [[fence, ...is]];
  const kept5 = [fence, ...is.filter(({ attribute: attribute2 }) => attribute2 !== NAME3 && attribute2 !== OWNER2)];
  if (is.some(({ attribute: attribute2 }) => attribute2 === OWNER_ID2)) return [kept5];
  const names = ownerNames(workload3);
  if (names.length === 0) return [kept5];
  const fenced = names.map((name) => issuer3.owners.filter((owner3) => sameText(owner3.name, name, true)).map(({ id: id4 }) => id4));
  const ids = fenced.flat();
  const unfenced = names.filter((_, index) => fenced[index]?.length === 0);
  return [
    ...ids.length > 0 ? [[...kept5, exact(OWNER_ID2, ids)]] : [],
    ...unfenced.length > 0 ? [[...kept5, exact(OWNER2, unfenced, true)]] : []
  ];
}
var ID2 = "repository_id";
var NAME3 = "repository";
var OWNER2 = "repository_owner";
var OWNER_ID2 = "repository_owner_id";
function ownerNames({ is }) {
  const texts = (attribute2) => is.find((condition) => condition.attribute === attribute2)?.patterns.map(({ text: text4 }) => text4) ?? [];
  return [...texts(NAME3).map((repository2) => repository2.slice(0, Math.max(repository2.indexOf("/"), 0))), ...texts(OWNER2)];
}
function exact(attribute2, texts, foldCase = false) {
  return { attribute: attribute2, patterns: texts.map((text4) => compilePattern(text4, { foldCase, literal: true })) };
}

// shared/policy/rule-proofs.ts
function proveRules(policy) {
  const read2 = accessOf(policy);
  const known = /* @__PURE__ */ new Map();
  return policy.grantNames.flatMap((name) => {
    const grant3 = policy.grant(name);
    return grant3 === void 0 ? [] : proveGrant(grant3, read2(grant3), { policy, known });
  });
}
function proveGrant(grant3, { rules: areas, guards }, { policy, known }) {
  const above = policy.guardrails.filter(({ appliesTo }) => appliesTo(grant3));
  const guarded = guards.flatMap((area, index) => {
    const guardrail2 = above[index];
    return guardrail2 === void 0 ? [] : [{ area, guardrail: guardrail2 }];
  });
  const earlier = [];
  return grant3.rules.flatMap((rule2, index) => {
    const own2 = areas.filter((area) => area.rule === rule2);
    if (own2.length === 0) return [];
    const verdict2 = verdictOf(own2, { guards, earlier, known });
    earlier.push(...own2);
    const letsIn = (tests) => firstRun(own2, tests, guards);
    return [{ grant: grant3, rule: rule2, index, verdict: verdict2, stopped: stoppedBy(own2, guarded), letsIn }];
  });
}
function verdictOf(own2, { guards, earlier, known }) {
  const left = searchAll(own2, ({ issuer: issuer3 }) => [...guards, ...earlier.filter((area) => area.issuer.url === issuer3.url)], known);
  if (left !== "none") return left;
  const beforeOthers = searchAll(own2, () => guards, known);
  if (beforeOthers !== "none") return beforeOthers === "open" ? "shadowed" : beforeOthers;
  const beforeGuards = searchAll(own2, () => [], known);
  return beforeGuards === "open" ? "forbidden" : beforeGuards === "none" ? "impossible" : beforeGuards;
}
function searchAll(own2, othersOf, known) {
  let isUndecided = false;
  for (const area of own2) {
    const others = othersOf(area);
    const key = questionKey(area, others);
    const answer2 = known.get(key) ?? answerTo(findOutside(within(EVERYWHERE, area.tests), others, area.model));
    known.set(key, answer2);
    if (answer2 === "open") return "open";
    if (answer2 === "undecided") isUndecided = true;
  }
  return isUndecided ? "undecided" : "none";
}
function answerTo(outcome) {
  return typeof outcome === "string" ? outcome : "open";
}
function questionKey({ issuer: issuer3, tests }, others) {
  const ids = new Set(
    [tests, ...others.map((other) => other.tests)].flat().filter(({ attribute: attribute2, set }) => attribute2 === ID3 && set.texts.length > 0)
  );
  const [one] = new Set([...ids].map(({ key }) => key));
  const isOneId = one !== void 0 && [...ids].every(({ key, set }) => key === one && set.wildcards.length === 0);
  const textOf3 = ({ tests: own2 }) => own2.map(({ key }) => isOneId && key === one ? "id" : key).join(" ");
  return [issuer3.url, textOf3({ tests }), ...others.map(textOf3)].join("\n");
}
var ID3 = "repository_id";
function stoppedBy(own2, guarded) {
  return guarded.flatMap(({ guardrail: guardrail2, area }) => {
    const run3 = firstRun(own2, area.tests, []);
    return run3 === void 0 ? [] : [{ guardrail: guardrail2, run: run3 }];
  });
}
function firstRun(own2, tests, others) {
  for (const area of own2) {
    if (tests.some((test) => isPlainlyOutside(area, test))) continue;
    const whole = findOutside(within(EVERYWHERE, [...area.tests, ...tests]), others, area.model);
    if (typeof whole === "string") continue;
    const known = findOutside(within(whole.region, [knownName(area)]), others, area.model);
    const { run: run3 } = typeof known === "string" ? whole : known;
    return { words: runWords(run3), payload: area.model.payload(area.issuer.url, run3) };
  }
  return void 0;
}
function knownName({ rule: { workload: workload3 }, issuer: issuer3 }) {
  const named2 = workload3.is.find(({ attribute: attribute2 }) => attribute2 === "repository")?.patterns;
  const patterns = named2 ?? issuer3.owners.slice(0, MAX_KNOWN_OWNERS).map(({ name }) => compilePattern(`${name}/*`, { foldCase: true }));
  const set = textSet(patterns);
  return { attribute: "repository", set, key: `known repository ${set.key}` };
}
var MAX_KNOWN_OWNERS = 8;
function isPlainlyOutside({ tests }, { attribute: attribute2, set }) {
  return tests.some(
    (own2) => own2.attribute === attribute2 && own2.set.wildcards.length === 0 && !own2.set.texts.some((text4) => holdsText(set, text4))
  );
}
function runWords(run3) {
  const fact = (name) => run3.get(name) ?? "";
  const ref = fact("ref") === "" ? "a bare commit" : fact("ref");
  const environment = fact("environment") === "" ? "" : ` in environment ${fact("environment")}`;
  return `${fact("event_name")} on ${ref} of ${fact("repository")}${environment}`;
}

// shared/policy/lint.ts
var LINTS = [
  branchPatternOnProduction,
  dangerousEvent,
  environmentNotPinned,
  grantWithoutScenarios,
  guardrailReachable,
  idNotPinned,
  loopbackIssuer,
  ownerMissing,
  reviewOverdue,
  rotationOverdue,
  scopeOfAll,
  selfService,
  shadowedRule,
  staticSecretWithoutSunset,
  ttlAboveMaximum,
  ttlAboveNeed,
  unreachableRule,
  unusedConnection,
  unusedWorkload
];
function lintPolicy(subject3) {
  let proved2;
  const proofs = () => {
    proved2 ??= proveRules(subject3.policy);
    return proved2;
  };
  return LINTS.flatMap(
    ({ id: id4, severity, find: find2 }) => find2({ ...subject3, proofs }).map(({ at = "value", ...finding3 }) => ({ ...finding3, at, id: id4, severity }))
  );
}
var IGNORE = /(?:^|\s)#\s*jobpass-ignore:\s*(\S*)[ \t]*(.*)$/;
function sortIgnored(findings2, files) {
  const ignores = files.flatMap(ignoresOf);
  const used = /* @__PURE__ */ new Set();
  const kept5 = [];
  const ignored = [];
  for (const finding3 of findings2) {
    const ignore = ignores.find((candidate) => !used.has(candidate) && silences(candidate, finding3));
    if (ignore === void 0) {
      kept5.push(finding3);
      continue;
    }
    used.add(ignore);
    ignored.push({ ...finding3, reason: ignore.reason });
  }
  return { kept: [...kept5, ...ignores.flatMap((ignore) => ignoreFinding(ignore, used.has(ignore)))], ignored };
}
function ignoresOf({ name, text: text4 }) {
  if (!text4.includes("jobpass-ignore")) return [];
  return text4.split(/\r\n|\n|\r/).flatMap((line4, index) => {
    const match = IGNORE.exec(line4);
    if (match === null) return [];
    const [, id4 = "", reason2 = ""] = match;
    return [{ file: name, line: index + 1, column: line4.indexOf("#", match.index) + 1, id: id4, reason: reason2.trim() }];
  });
}
function silences({ file, line: line4, id: id4, reason: reason2 }, finding3) {
  return reason2 !== "" && finding3.file === file && finding3.line === line4 && finding3.id === id4 && isLint(id4);
}
function isLint(id4) {
  return LINTS.some((lint) => lint.id === id4);
}
function ignoreFinding({ id: id4, reason: reason2, ...place3 }, isUsed) {
  const say2 = (severity, message2) => [{ ...place3, severity, id: "ignore", message: message2 }];
  if (!isLint(id4)) return say2("warning", `expected the id of a lint, found ${quoted(id4)}: errors and scenarios cannot be ignored`);
  if (reason2 === "") return say2("error", `expected a reason after the id: # jobpass-ignore: ${id4} <reason>`);
  return isUsed ? [] : say2("info", `nothing on this line is found by ${id4}`);
}

// shared/policy/settings.ts
var DEFAULT_MAX_TTL = 3600;
var DEFAULT_TOKEN_MAX_AGE = 300;
function readSettings({ explain, max_ttl: maxTtl, token_max_age: maxAge }) {
  return {
    explain: explain ?? "attributes",
    maxTtl: secondsOf(maxTtl) ?? DEFAULT_MAX_TTL,
    tokenMaxAge: secondsOf(maxAge) ?? DEFAULT_TOKEN_MAX_AGE
  };
}
function secondsOf(duration4) {
  return duration4 === void 0 ? void 0 : parseDuration(duration4);
}

// shared/policy/load.ts
function loadPolicy(document, digest2) {
  const issuers = Object.entries(document.issuers).map(([name, issuer3]) => loadIssuer(name, issuer3));
  const byName = new Map(issuers.map((issuer3) => [issuer3.name, issuer3]));
  const workload3 = kept2((name) => loadWorkload(name, document, byName));
  const connection7 = kept2((name) => loadConnection(name, document));
  const grant3 = kept2((name) => {
    const written = entryOf(document.grants, name);
    return written === void 0 ? void 0 : loadGrant(name, written, { workload: workload3, connection: connection7 });
  });
  let grantNames;
  const platformsInUse = [...new Set(issuers.map(({ platform }) => platform))];
  return {
    get digest() {
      return typeof digest2 === "string" ? digest2 : digest2();
    },
    settings: readSettings(document.settings),
    issuers: new Map(issuers.map((issuer3) => [issuer3.url, issuer3])),
    guardrails: Object.entries(document.guardrails).map(([name, guardrail2]) => loadGuardrail(name, guardrail2, platformsInUse)),
    grant: grant3,
    connection: connection7,
    workload: workload3,
    get grantNames() {
      grantNames ??= Object.keys(document.grants);
      return grantNames;
    },
    get connectionNames() {
      return Object.keys(document.connections);
    },
    get workloadNames() {
      return Object.keys(document.workloads);
    }
  };
}
function kept2(make) {
  const made = /* @__PURE__ */ new Map();
  return (name) => {
    const known = made.get(name);
    if (known !== void 0) return known;
    const value = make(name);
    if (value !== void 0) made.set(name, value);
    return value;
  };
}
function defined(value, what) {
  if (value === void 0) throw new TypeError(`the policy was loaded without being checked: ${what}`);
  return value;
}
function loadIssuer(name, { platform, url, owners, audience: audience2, jwks }) {
  const optional2 = { ...audience2 === void 0 ? {} : { audience: audience2 }, ...jwks === void 0 ? {} : { jwks } };
  return { name, url, platform: platforms[platform], owners, ...optional2 };
}
function loadWorkload(name, document, issuers) {
  const written = entryOf(document.workloads, name);
  if (written === void 0) return void 0;
  const issuer3 = defined(issuers.get(written.issuer), `issuer of workload ${name}`);
  return { name, issuer: issuer3, is: loadConditions(written.is, [issuer3.platform]), owner: written.owner, suspended: written.suspended ?? false };
}
function loadConnection(name, document) {
  const written = entryOf(document.connections, name);
  if (written === void 0) return void 0;
  const kind = defined(isKindName(written.kind) ? kindOf(written.kind) : void 0, `kind of connection ${name}`);
  return { name, kind, settings: kind.connection.parse(kindSettings(written)), owner: written.owner };
}
function loadGrant(name, written, resolved) {
  const connection7 = defined(resolved.connection(written.connection), `connection of grant ${name}`);
  const { per_job: perJob, per_hour: perHour } = written.limits ?? {};
  return {
    name,
    purpose: written.purpose,
    owner: written.owner,
    connection: connection7,
    scope: connection7.kind.scope.parse(written.scope),
    ttl: defined(parseDuration(written.ttl), `ttl of grant ${name}`),
    limits: { ...perJob === void 0 ? {} : { perJob }, ...perHour === void 0 ? {} : { perHour } },
    rules: written.allow.map((rule2, index) => loadRule(`${name}/${index}`, rule2, resolved))
  };
}
function loadRule(name, { workload: workloadName, ...stated2 }, resolved) {
  const workload3 = defined(resolved.workload(workloadName), `workload of rule ${name}`);
  const { platform } = workload3.issuer;
  const isStated = (attribute2) => Object.hasOwn(stated2, attribute2) || workload3.is.some((condition) => condition.attribute === attribute2);
  const defaults = [...platform.ruleDefaults].filter(([attribute2]) => !isStated(attribute2)).map(([attribute2, texts]) => ({ ...loadCondition(attribute2, texts, [platform]), byDefault: true }));
  return { name, workload: workload3, conditions: [...loadConditions(stated2, [platform]), ...defaults] };
}
function loadGuardrail(name, { why, grants, forbid }, inUse) {
  return { name, why: oneLine(why), appliesTo: grants === "all" ? () => true : selects(grants), forbid: loadConditions(forbid, inUse) };
}
function selects(selection2) {
  const [names, kinds2, connections] = [selection2.name, selection2.kind, selection2.connection].map((value) => new Set(textsOf(value)));
  return (grant3) => names?.has(grant3.name) === true || kinds2?.has(grant3.connection.kind.name) === true || connections?.has(grant3.connection.name) === true;
}
function loadConditions(written, inUse) {
  return Object.entries(written).map(([attribute2, value]) => loadCondition(attribute2, textsOf(value), inUse));
}
function loadCondition(attribute2, texts, inUse) {
  const form = defined(
    inUse.map((platform) => platform.attribute(attribute2)).find((found2) => found2 !== void 0),
    `attribute ${attribute2}`
  );
  const options = { foldCase: form.foldCase === true, literal: form.match === "exact" };
  return { attribute: attribute2, patterns: texts.map((text4) => compilePattern(text4, options)) };
}

// shared/policy/judge-files.ts
function judgePolicyFiles(files, { sha256Hex: sha256Hex4, ...circumstances }) {
  const read2 = readPolicyFiles(files);
  if (!read2.ok) return { findings: read2.findings, ignored: [] };
  const { document, place: place3 } = read2;
  const compiled = once(() => compilePolicy(document));
  const policy = loadPolicy(
    document,
    once(() => policyDigest(compiled(), sha256Hex4))
  );
  const lints = sortIgnored(lintPolicy({ document, policy, ...circumstances }).map(place3), files);
  const failures = failedScenarios(document, policy).map(place3);
  const loaded2 = {
    document,
    get compiled() {
      return compiled();
    },
    policy,
    place: place3
  };
  return { findings: inOrder([...lints.kept, ...failures]), ignored: lints.ignored, loaded: loaded2 };
}
function once(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}

// cli/policy-folder.ts
import { readdir, readFile, stat } from "node:fs/promises";
import { join as join2, relative, resolve, sep } from "node:path";

// shared/policy/policy-path.ts
var POLICY_FILE = /\.ya?ml$/;
var HIDDEN = /(?:^|\/)\./;
function isPolicyPath(path) {
  return POLICY_FILE.test(path) && !HIDDEN.test(path);
}

// cli/policy-folder.ts
async function readPolicyFolder(folder, cwd) {
  const root = resolve(cwd, folder);
  try {
    const paths = await policyPaths(root);
    if (paths.length === 0) return err(`${folder}: no *.yaml or *.yml file below this folder`);
    const files = [];
    for (const path of paths.sort()) {
      const text4 = decode2(await readFile(join2(root, path)));
      if (text4 === void 0) return err(`${join2(folder, path)}: not UTF-8 text`);
      files.push({ name: path, text: text4 });
    }
    return ok(files);
  } catch (thrown) {
    return err(`${folder}: ${unreadable(thrown)}`);
  }
}
function unreadable(thrown) {
  if (!(thrown instanceof Error)) return String(thrown);
  const code2 = "code" in thrown ? thrown.code : void 0;
  if (code2 === "ENOENT") return "there is no such folder";
  return code2 === "ENOTDIR" ? "expected a folder, this is a file" : thrown.message;
}
async function policyPaths(root, below = root) {
  const paths = [];
  for (const name of await readdir(below)) {
    if (name.startsWith(".")) continue;
    const path = join2(below, name);
    const isFolder = (await stat(path)).isDirectory();
    if (isFolder) paths.push(...await policyPaths(root, path));
    else if (isPolicyPath(name)) paths.push(relative(root, path).split(sep).join("/"));
  }
  return paths;
}
function decode2(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return void 0;
  }
}

// cli/checked-folder.ts
async function readLoadedFolder(folder, cwd, known = {}) {
  const files = await readPolicyFolder(folder, cwd);
  if (!files.ok) return files;
  return ok({ files: files.value, ...judgePolicyFiles(files.value, { sha256Hex, today: (/* @__PURE__ */ new Date()).toISOString().slice(0, 10), ...known }) });
}
function sha256Hex(text4) {
  return createHash("sha256").update(text4).digest("hex");
}

// cli/sarif.ts
var LEVELS = { error: "error", warning: "warning", info: "note" };
function sarifLog(findings2, ignored, prefix) {
  const rules2 = [...new Map([...findings2, ...ignored].map((finding3) => [finding3.id, ruleOf(finding3)])).values()];
  const indexes = new Map(rules2.map(({ id: id4 }, index) => [id4, index]));
  const resultOf = (finding3, suppressions) => ({
    ruleId: finding3.id,
    ruleIndex: indexes.get(finding3.id),
    level: LEVELS[finding3.severity],
    message: { text: finding3.message },
    locations: [{ physicalLocation: { artifactLocation: artifact(finding3, prefix), region: regionOf(finding3) } }],
    ...fixesOf(finding3, prefix),
    suppressions
  });
  const results = [
    ...findings2.map((finding3) => resultOf(finding3, [])),
    ...ignored.map((finding3) => resultOf(finding3, [{ kind: "inSource", justification: finding3.reason }]))
  ];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "jobpass", version: VERSION, rules: rules2 } }, columnKind: "utf16CodeUnits", results }]
  };
}
function ruleOf({ id: id4, severity }) {
  const lint = LINTS.find((each) => each.id === id4);
  const defaultConfiguration = { level: LEVELS[severity] };
  if (lint === void 0) return { id: id4, defaultConfiguration };
  return { id: id4, shortDescription: { text: lint.why }, help: { text: `${lint.why} ${lint.fix}` }, defaultConfiguration };
}
function regionOf({ line: line4, column }) {
  return { startLine: line4, startColumn: column };
}
function artifact({ file }, prefix) {
  return { uri: `${prefix}${file}`.split("/").map(encodeURIComponent).join("/") };
}
function fixesOf(finding3, prefix) {
  const { edit, id: id4 } = finding3;
  if (edit === void 0) return {};
  const replacement = { deletedRegion: { charOffset: edit.offset, charLength: edit.length }, insertedContent: { text: edit.text } };
  const description = { text: LINTS.find((each) => each.id === id4)?.fix ?? "Apply the edit." };
  return { fixes: [{ description, artifactChanges: [{ artifactLocation: artifact(finding3, prefix), replacements: [replacement] }] }] };
}

// cli/findings.ts
var FINDING_FORMATS = ["text", "json", "sarif", "github"];
var WRITERS = {
  text: ({ findings: findings2 }) => findings2.map(textLine).join(""),
  json: jsonText,
  sarif: ({ findings: findings2, ignored, prefix }) => `${JSON.stringify(sarifLog(findings2, ignored, prefix), null, 2)}
`,
  github: ({ findings: findings2, prefix }) => findings2.map((finding3) => annotation(finding3, prefix)).join("")
};
function writeReport(report, format) {
  return WRITERS[format](report);
}
function textLine({ file, line: line4, column, severity, id: id4, message: message2 }) {
  return `${file}:${line4}:${column}: ${severity} ${id4}: ${message2}
`;
}
function jsonText({ findings: findings2, ignored, coverage }) {
  const shares = coverage && { rules: coverage.rules, conditions: coverage.conditions, guardrails: coverage.guardrails };
  return `${JSON.stringify({ findings: findings2, ignored, ...shares === void 0 ? {} : { coverage: shares } }, null, 2)}
`;
}
var ANNOTATION_COMMANDS = { error: "error", warning: "warning", info: "notice" };
function annotation({ file, line: line4, column, severity, id: id4, message: message2 }, prefix) {
  const properties = `file=${escapeProperty(`${prefix}${file}`)},line=${line4},col=${column},title=${escapeProperty(id4)}`;
  return `::${ANNOTATION_COMMANDS[severity]} ${properties}::${escapeData(message2)}
`;
}
function escapeData(text4) {
  return text4.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function escapeProperty(text4) {
  return escapeData(text4).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

// cli/options.ts
import { parseArgs } from "node:util";
function readOptions(args, spec) {
  const options = Object.fromEntries(
    Object.entries(spec.options).map(([name, form]) => [name, { type: form === "flag" ? "boolean" : "string" }])
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const problems = [];
  const operands = [];
  const given = /* @__PURE__ */ new Map();
  const values = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const problem = optionProblem(token, spec, given);
    if (problem !== void 0) problems.push(problem);
    given.set(token.name, token.value ?? "");
    values.push([token.name, token.value ?? ""]);
  }
  problems.push(...missingAndExtra(spec, operands, given));
  if (problems.length > 0) return err(problems);
  const all = (name) => values.filter(([other]) => other === name).map(([, value]) => value);
  return ok({ operands, option: (name) => given.get(name), flag: (name) => given.has(name), all });
}
function missingAndExtra(spec, operands, given) {
  const required2 = Object.entries(spec.options).filter(([name, form]) => form === "required" && !given.has(name));
  return [
    ...spec.operands.slice(operands.length).map((name) => `${name} is missing`),
    ...operands.slice(spec.operands.length).map((extra) => `unexpected ${JSON.stringify(extra)}`),
    ...required2.map(([name]) => `--${name} is missing`)
  ];
}
function optionProblem(token, spec, given) {
  const form = Object.hasOwn(spec.options, token.name) ? spec.options[token.name] : void 0;
  if (form === void 0) {
    const known = Object.keys(spec.options).map((name) => `--${name}`);
    return `unknown option ${token.rawName}${suggestion(token.rawName, known)}`;
  }
  if (form !== "repeated" && given.has(token.name)) return `${token.rawName} is given twice`;
  if (form === "flag" && token.value !== void 0) return `${token.rawName} takes no value`;
  if (form !== "flag" && (token.value ?? "") === "") return `${token.rawName} needs a value`;
  return void 0;
}
function usageError(io, command2, problems) {
  for (const problem of problems) io.stderr(`jobpass ${command2}: ${problem}
`);
  io.stderr(`Run \`jobpass ${command2} --help\` for how it is used.
`);
  return EXIT.couldNotRun;
}

// cli/commands/check.ts
var checkHelp = `jobpass check DIR [--format text|json|sarif|github] [--coverage] [--today DATE] [--repository OWNER/NAME]

Reads every *.yaml and *.yml below DIR and reports each error, lint and failed scenario with its place.

  --format text    FILE:LINE:COLUMN: severity id: message, one a line (default)
  --format json    {"findings": [...], "ignored": [...]}; an ignored finding carries its reason, a mechanical fix its edit
  --format sarif   SARIF 2.1.0
  --format github  workflow commands, which GitHub Actions shows as annotations
  --coverage       also says, as info, which rules no scenario is allowed by and on which conditions none is refused
  --today DATE     what is overdue on that day, such as 2026-11-22; default: today
  --repository OWNER/NAME  the repository the policy is kept in; default: GITHUB_REPOSITORY

# jobpass-ignore: ID REASON at the end of a line silences the lint ID there.
Exit: 0 clean (info does not count) · 1 errors, warnings or failed scenarios · 2 could not run.
`;
var SPEC = { operands: ["DIR"], options: { format: "value", coverage: "flag", today: "value", repository: "value" } };
async function checkCommand(args, io) {
  const read2 = readOptions(args, SPEC);
  const wanted = read2.ok ? wantedBy(read2.value) : read2;
  if (!wanted.ok) return usageError(io, "check", wanted.error);
  const { dir, format, withCoverage, circumstances } = wanted.value;
  const folder = await readLoadedFolder(dir, io.cwd, circumstances);
  if (!folder.ok) {
    io.stderr(`jobpass check: ${folder.error}
`);
    return EXIT.couldNotRun;
  }
  const { loaded: loaded2, ignored } = folder.value;
  const coverage = withCoverage && loaded2 !== void 0 ? coverageOf(loaded2.document, loaded2.policy) : void 0;
  const findings2 = loaded2 === void 0 ? folder.value.findings : withUntested(folder.value, loaded2, coverage);
  const found2 = { findings: findings2, ignored, prefix: prefixOf(dir, io.cwd), ...coverage === void 0 ? {} : { coverage } };
  io.stdout(writeReport(found2, format));
  const counted2 = findings2.filter(({ severity }) => severity !== "info").length;
  if (loaded2 !== void 0) io.stderr(`${dir}: ${summary5(folder.value, loaded2, counted2)}
`);
  if (coverage !== void 0) io.stderr(`${dir}: ${coverageText(coverage)}
`);
  return counted2 === 0 ? EXIT.success : EXIT.findings;
}
function wantedBy({ operands, option, flag: flag2 }) {
  const wanted = option("format") ?? "text";
  const format = FINDING_FORMATS.find((name) => name === wanted);
  const today = option("today") ?? (/* @__PURE__ */ new Date()).toISOString().slice(0, 10);
  const problems = [
    ...format === void 0 ? [`--format: ${FINDING_FORMATS.join(", ")}, not ${JSON.stringify(wanted)}`] : [],
    ...isDate(today) ? [] : [`--today: a date such as 2026-11-22, not ${JSON.stringify(today)}`]
  ];
  if (format === void 0 || problems.length > 0) return err(problems);
  const repository2 = option("repository") ?? process.env.GITHUB_REPOSITORY ?? "";
  const circumstances = { today, ...repository2 === "" ? {} : { policyRepository: repository2 } };
  return ok({ dir: operands[0] ?? ".", format, withCoverage: flag2("coverage"), circumstances });
}
function withUntested({ findings: findings2 }, { place: place3 }, coverage) {
  return coverage === void 0 ? findings2 : inOrder([...findings2, ...coverage.problems.map(place3)]);
}
function prefixOf(dir, cwd) {
  const path = relative2(cwd, resolve2(cwd, dir)).split(sep2).join("/");
  return path === "" || path === ".." || path.startsWith("../") || path.startsWith("/") ? "" : `${path}/`;
}
function summary5({ files, ignored }, { policy, document }, counted2) {
  const { grantNames, workloadNames } = policy;
  const size = `${files.length} files, ${grantNames.length} grants, ${workloadNames.length} workloads, ${document.scenarios.length} scenarios`;
  return `${size}: ${counted2 === 0 ? "clean" : `${counted2} findings`}${ignored.length === 0 ? "" : `, ${ignored.length} ignored`}`;
}
function coverageText({ rules: rules2, conditions: conditions2, guardrails: guardrails2 }) {
  const tested = `${rules2.tested} of ${rules2.all} rules allow a scenario, ${conditions2.tested} of ${conditions2.all} conditions refuse one`;
  return `${tested}, ${guardrails2.tested} of ${guardrails2.all} guardrails stop one`;
}

// cli/commands/compile.ts
var compileHelp = `jobpass compile DIR [--digest]

Prints the canonical JSON (RFC 8785) of the policy in DIR and a newline; the newline is not part of it.
The same records give the same text on every machine, however they are split over files.

  --digest  print only its name, sha256:…

Exit: 0 compiled · 1 the policy has errors · 2 could not run.
`;
var SPEC2 = { operands: ["DIR"], options: { digest: "flag" } };
async function compileCommand(args, io) {
  const read2 = readOptions(args, SPEC2);
  if (!read2.ok) return usageError(io, "compile", read2.error);
  const folder = await readLoadedFolder(read2.value.operands[0] ?? ".", io.cwd);
  if (!folder.ok) {
    io.stderr(`jobpass compile: ${folder.error}
`);
    return EXIT.couldNotRun;
  }
  const { loaded: loaded2, findings: findings2 } = folder.value;
  if (loaded2 === void 0) {
    io.stderr(findings2.map(textLine).join(""));
    return EXIT.findings;
  }
  io.stdout(`${read2.value.flag("digest") ? loaded2.policy.digest : loaded2.compiled}
`);
  return EXIT.success;
}

// cli/broker.ts
var requestTimeoutMs = 3e4;
var maxAnswerBytes = 64 * 1024 * 1024;
var LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"];
function brokerOrigin(text4) {
  if (!URL.canParse(text4)) return err(`--broker: ${JSON.stringify(text4)} is not a URL such as https://jobpass.example.com`);
  const url = new URL(text4);
  if (!isSecure(url)) return err("--broker: https is needed (http only for a loopback address)");
  if (url.username !== "" || url.password !== "") return err("--broker: a URL without a user name");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") return err(`--broker: an origin without a path, such as ${url.origin}`);
  return ok(url.origin);
}
function isSecure({ protocol, hostname: hostname2 }) {
  return protocol === "https:" || protocol === "http:" && isLoopback(hostname2);
}
function isLoopback(hostname2) {
  return LOOPBACK_HOSTS.includes(hostname2);
}
async function callBroker(origin, path, request = {}) {
  const { method = "GET", headers = {}, body } = request;
  try {
    const response = await fetch(new URL(path, origin), {
      method,
      headers: { "user-agent": "jobpass-cli", ...headers },
      ...body === void 0 ? {} : { body },
      redirect: "manual",
      signal: AbortSignal.timeout(requestTimeoutMs)
    });
    if (response.status >= 300 && response.status < 400) return err(`${origin}${path} answers with a redirect, which is not followed`);
    const text4 = await boundedText(response, maxAnswerBytes);
    if (text4 === void 0) return err(`${origin}${path} answers more than ${maxAnswerBytes} bytes`);
    return ok({ status: response.status, text: text4, retryAfter: response.headers.get("retry-after"), link: response.headers.get("link") });
  } catch (error2) {
    return err(`${origin}${path} could not be reached: ${reason(error2)}`);
  }
}
async function boundedText(response, maxBytes) {
  const chunks = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) return void 0;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
function reason(error2) {
  if (!(error2 instanceof Error)) return String(error2);
  if (error2.name === "TimeoutError") return `no answer within ${requestTimeoutMs / 1e3} s`;
  return error2.cause instanceof Error ? reason(error2.cause) : "code" in error2 && error2.message === "" ? String(error2.code) : error2.message;
}
function jsonOf2(answer2) {
  try {
    return JSON.parse(answer2.text);
  } catch {
    return void 0;
  }
}
function printable(line4) {
  return line4.replace(new RegExp("\\p{Cc}", "gu"), "?");
}

// cli/id-token.ts
var requestTimeoutMs2 = 1e4;
var idTokenAnswer = looseObject({ value: string2().min(1) });
var MISSING = `this command authenticates as a CI job, and this environment offers no ID token.
In a workflow: give the job \`permissions: id-token: write\`. With \`jobpass dev\`: set ACTIONS_ID_TOKEN_REQUEST_URL and
ACTIONS_ID_TOKEN_REQUEST_TOKEN to idTokenRequestUrl and idTokenRequestToken of its ready line.`;
function runnerIdTokens(env) {
  const url = env.ACTIONS_ID_TOKEN_REQUEST_URL ?? "";
  const bearer = env.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? "";
  if (url === "" || bearer === "") return () => Promise.resolve(err(MISSING));
  return (audience2) => requestIdToken(url, bearer, audience2);
}
async function requestIdToken(url, bearer, audience2) {
  if (!URL.canParse(url)) return err("ACTIONS_ID_TOKEN_REQUEST_URL is not a URL");
  const endpoint = new URL(url);
  endpoint.searchParams.set("audience", audience2);
  try {
    const response = await fetch(endpoint, {
      headers: { authorization: `Bearer ${bearer}`, accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(requestTimeoutMs2)
    });
    if (!response.ok) return err(`the ID token endpoint ${endpoint.origin} answers ${response.status}`);
    const answer2 = idTokenAnswer.safeParse(await response.json());
    return answer2.success ? ok(answer2.data.value) : err(`the ID token endpoint ${endpoint.origin} answers without a token`);
  } catch (error2) {
    return err(`the ID token endpoint ${endpoint.origin} could not be used: ${reason(error2)}`);
  }
}

// cli/proposal.ts
var proposalSchema = looseObject({
  proposal: string2().regex(/^[0-9a-f]{1,64}$/),
  act: string2(),
  expires_at: string2(),
  by: string2().optional(),
  /** Of `publish`. */
  policy: string2().optional(),
  replaces: string2().optional(),
  because: string2().optional(),
  forced: string2().optional(),
  /** Of `thaw`. */
  target: string2().optional(),
  name: string2().optional()
});
function whatText({ act, policy, replaces, because, forced, target, name }) {
  const why = [because, forced === void 0 ? void 0 : `forced: ${forced}`].filter((text4) => text4 !== void 0).join("; ");
  const what = policy === void 0 ? [target, name].filter((text4) => text4 !== void 0).join(" ") : `${policy} in place of ${replaces}`;
  return printable(`${act} ${what}${why === "" ? "" : ` (${why})`}`);
}
function proposedText(proposal, broker) {
  const { proposal: id4, expires_at: end } = proposal;
  return `Nothing is changed yet: this takes a second person. Proposed: ${whatText(proposal)}
Before ${printable(end)} somebody else runs, as the same role and in a run of their own:
  jobpass confirm ${id4} --broker ${broker}
`;
}

// cli/publishing.ts
var health = looseObject({ policy: string2().nullish() });
async function activePolicy(broker) {
  const answer2 = await callBroker(broker, "/healthz");
  if (!answer2.ok) return answer2;
  const read2 = health.safeParse(jsonOf2(answer2.value));
  if (!read2.success) return err(`${broker}/healthz does not answer as a broker does (status ${answer2.value.status})`);
  return ok(read2.data.policy ?? void 0);
}
async function publishPolicy(publication2, idToken2) {
  const nobody = (line4) => err({ by: "nobody", lines: [line4] });
  const active = publication2.replaces === void 0 ? await activePolicy(publication2.broker) : ok(publication2.replaces);
  if (!active.ok) return nobody(active.error);
  const replaces = active.value ?? "*";
  const token = await idToken2(publication2.audience);
  if (!token.ok) return nobody(token.error);
  const { policy } = publication2;
  const answer2 = await callBroker(publication2.broker, pathOf(publication2), {
    method: "PUT",
    headers: {
      authorization: `Bearer ${token.value}`,
      "content-type": "application/json",
      "if-match": replaces === "*" ? "*" : `"${replaces}"`
    },
    ..."compiled" in policy ? { body: policy.compiled } : {}
  });
  if (!answer2.ok) return nobody(answer2.error);
  return readPublished(answer2.value);
}
function pathOf({ policy, force }) {
  const parameters = new URLSearchParams({
    ..."digest" in policy ? { digest: policy.digest } : {},
    ...force === void 0 ? {} : { force }
  });
  return parameters.size === 0 ? "/policy" : `/policy?${parameters}`;
}
var published = looseObject({ policy: templateLiteral(["sha256:", string2()]) });
function readPublished(answer2) {
  const proposal = answer2.status === 202 ? proposalSchema.safeParse(jsonOf2(answer2)) : void 0;
  if (proposal?.success === true) return ok({ outcome: "proposed", proposal: proposal.data });
  const read2 = published.safeParse(jsonOf2(answer2));
  if (answer2.status === 200 && read2.success) return ok({ outcome: "active", policy: read2.data.policy });
  return err(notDone(answer2));
}
var problemDetails = looseObject({
  title: string2().optional(),
  detail: string2().optional(),
  errors: array(looseObject({ path: string2(), id: string2(), message: string2() })).optional()
});
var TOO_MANY_REQUESTS = 429;
function notDone(answer2) {
  const isNo = answer2.status < 500 && answer2.status !== TOO_MANY_REQUESTS;
  return { by: isNo ? "broker" : "nobody", lines: problemLines(answer2), status: answer2.status };
}
function problemLines(answer2) {
  const read2 = problemDetails.safeParse(jsonOf2(answer2));
  if (!read2.success) return [`the broker answers ${answer2.status} and nothing that can be read`];
  const { title = "it gives no reason", detail, errors = [] } = read2.data;
  return [
    `the broker answers ${answer2.status}: ${title}${detail === void 0 ? "" : `: ${detail}`}`,
    ...errors.map(({ path, id: id4, message: message2 }) => `  ${path}: error ${id4}: ${message2}`)
  ].map(printable);
}

// cli/authority-call.ts
var CALLER_OPTIONS = { broker: "required", audience: "value" };
var CALLER_HELP = `  --broker URL       origin of the broker
  --audience AUD     the aud of the ID token (default: the broker's origin)`;
var TOKEN_HELP = `the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and
ACTIONS_ID_TOKEN_REQUEST_TOKEN.`;
function callerOf({ option }) {
  const origin = brokerOrigin(option("broker") ?? "");
  if (!origin.ok) return origin;
  return ok({ broker: origin.value, audience: option("audience") ?? origin.value, idToken: runnerIdTokens(process.env) });
}
async function callAs(caller, path, request = {}) {
  const headers = await authorized(caller, request.headers);
  return headers.ok ? callBroker(caller.broker, path, { ...request, headers: headers.value }) : headers;
}
async function authorized({ audience: audience2, idToken: idToken2 }, headers = {}) {
  const token = await idToken2(audience2);
  return token.ok ? ok({ ...headers, authorization: `Bearer ${token.value}` }) : token;
}
async function askAs(caller, path, request = {}) {
  const answer2 = await callAs(caller, path, request);
  if (!answer2.ok) return err({ by: "nobody", lines: [answer2.error] });
  return answer2.value.status === 200 ? answer2 : err(notDone(answer2.value));
}
function tellNotDone(command2, { by, lines }, io) {
  for (const line4 of lines) io.stderr(`jobpass ${command2}: ${line4}
`);
  return by === "broker" ? EXIT.refused : EXIT.couldNotRun;
}

// cli/commands/confirm.ts
var confirmHelp = `jobpass confirm ID --broker URL [--audience AUD]

Does what another person proposed: a publication that gives somebody something new, or taking a freeze back, at a broker that is
set to need two people for it (TWO_PERSON). \`jobpass proposals\` shows what waits.

  ID               the proposal, as the first call printed it
  --broker URL     origin of the broker
  --audience AUD   the aud of the ID token (default: the broker's origin)

Runs as a publisher, or as an operator for a thaw, in a run that another person started: the broker compares actor_id, and takes
no re-run, no schedule and no App for a person. A proposal lives a quarter of an hour, is used once, and is void as soon as
anything is published, frozen or thawed.
Exit: 0 done, and in force everywhere · 2 could not run · 4 the broker refused.
`;
var SPEC3 = { operands: ["ID"], options: { broker: "required", audience: "value" } };
var confirmed = looseObject({ ...proposalSchema.omit({ proposal: true, expires_at: true }).shape });
async function confirmCommand(args, io) {
  const read2 = readOptions(args, SPEC3);
  if (!read2.ok) return usageError(io, "confirm", read2.error);
  const { operands } = read2.value;
  const id4 = operands[0] ?? "";
  if (!/^[0-9a-f]{32}$/.test(id4)) return usageError(io, "confirm", ["ID: 32 hex digits, as the first call printed them"]);
  const caller = callerOf(read2.value);
  if (!caller.ok) return usageError(io, "confirm", [caller.error]);
  const answer2 = await askAs(caller.value, `/proposals/${id4}/confirm`, { method: "POST" });
  if (!answer2.ok) return tellNotDone("confirm", answer2.error, io);
  const done = confirmed.safeParse(jsonOf2(answer2.value));
  io.stdout(done.success ? `Done, as ${done.data.by ?? "somebody"} proposed: ${whatText(done.data)}
` : "Done\n");
  return EXIT.success;
}

// cli/commands/dev.ts
import { existsSync as existsSync2 } from "node:fs";
import { readFile as readFile3 } from "node:fs/promises";
import { resolve as resolve4 } from "node:path";

// cli/compiled-folder.ts
import { createHash as createHash2 } from "node:crypto";
async function compileFolder(dir) {
  const files = await readPolicyFolder(dir, dir);
  if (!files.ok) return err({ because: "folder", text: `${files.error}
` });
  const read2 = readPolicyFiles(files.value);
  if (!read2.ok) return err({ because: "findings", text: read2.findings.map(textLine).join("") });
  const compiled = compilePolicy(read2.document);
  const digest2 = policyDigest(compiled, sha256Hex2);
  const failures = failedScenarios(read2.document, loadPolicy(read2.document, digest2));
  if (failures.length > 0) return err({ because: "findings", text: inOrder(failures.map(read2.place)).map(textLine).join("") });
  return ok({ document: read2.document, compiled, digest: digest2 });
}
function sha256Hex2(text4) {
  return createHash2("sha256").update(text4).digest("hex");
}

// cli/dev/local-broker.ts
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// cli/dev/issued-as.ts
function issuedAs({ issuers, workloads }, localOrigin) {
  const list4 = Object.values(issuers);
  const stoodInFor = list4.find(({ url, jwks }) => jwks === void 0 && !isLoopback2(url));
  const owners = list4.flatMap((issuer3) => issuer3.owners.map(({ name, id: id4 }) => [name.toLowerCase(), id4]));
  const repositories2 = Object.values(workloads).flatMap(pinnedRepository);
  return { iss: stoodInFor?.url ?? localOrigin, ids: { owners: new Map(owners), repositories: new Map(repositories2) } };
}
function pinnedRepository({ is }) {
  const [name, ...otherNames] = textsOf(entryOf(is, "repository"));
  const [id4, ...otherIds] = textsOf(entryOf(is, "repository_id"));
  const isOne = otherNames.length === 0 && otherIds.length === 0;
  return !isOne || name === void 0 || id4 === void 0 || name.includes("*") ? [] : [[name.toLowerCase(), id4]];
}
function isLoopback2(url) {
  return URL.canParse(url) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(url).hostname);
}

// cli/dev/issuer.ts
import { randomBytes, randomUUID } from "node:crypto";
import { createServer } from "node:http";

// node_modules/jose/dist/webapi/lib/buffer_utils.js
var encoder = new TextEncoder();
var decoder = new TextDecoder();
var strictDecoder = new TextDecoder("utf-8", { fatal: true });
var UINT32_RANGE = 2 ** 32;
function concat(...buffers) {
  const size = buffers.reduce((acc, { length }) => acc + length, 0), buf = new Uint8Array(size);
  let i = 0;
  for (const buffer of buffers)
    buf.set(buffer, i), i += buffer.length;
  return buf;
}
var NON_ASCII = /[^\x00-\x7f]/;
function encode2(string3) {
  if (typeof string3 == "string" && string3.length >= 128) {
    if (NON_ASCII.test(string3))
      throw new TypeError("non-ASCII string encountered in encode()");
    return encoder.encode(string3);
  }
  const bytes = new Uint8Array(string3.length);
  for (let i = 0; i < string3.length; i++) {
    const code2 = string3.charCodeAt(i);
    if (code2 > 127)
      throw new TypeError("non-ASCII string encountered in encode()");
    bytes[i] = code2;
  }
  return bytes;
}
function encodeBase64(input, url = false) {
  if (Uint8Array.prototype.toBase64)
    return input.toBase64({ alphabet: url ? "base64url" : "base64", omitPadding: url });
  const CHUNK_SIZE = 32768, arr = [];
  for (let i = 0; i < input.length; i += CHUNK_SIZE)
    arr.push(String.fromCharCode.apply(null, input.subarray(i, i + CHUNK_SIZE)));
  const encoded = btoa(arr.join(""));
  return url ? encoded.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_") : encoded;
}
function decodeBase64(encoded, url = false) {
  if (Uint8Array.fromBase64)
    return Uint8Array.fromBase64(encoded, { alphabet: url ? "base64url" : "base64" });
  if (url) {
    if (encoded.includes("+") || encoded.includes("/"))
      throw new TypeError("Invalid base64url");
    encoded = encoded.replace(/-/g, "+").replace(/_/g, "/");
  }
  const binary = atob(encoded), bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++)
    bytes[i] = binary.charCodeAt(i);
  return bytes;
}
async function digest(algorithm, data) {
  const subtleDigest = `SHA-${algorithm.slice(-3)}`;
  return new Uint8Array(await crypto.subtle.digest(subtleDigest, data));
}

// node_modules/jose/dist/webapi/util/errors.js
var JOSEError = class extends Error {
  static code = "ERR_JOSE_GENERIC";
  code = "ERR_JOSE_GENERIC";
  constructor(message2, options) {
    super(message2, options), this.name = this.constructor.name, Error.captureStackTrace?.(this, this.constructor);
  }
};
var JOSENotSupported = class extends JOSEError {
  static code = "ERR_JOSE_NOT_SUPPORTED";
  code = "ERR_JOSE_NOT_SUPPORTED";
};
var JWSInvalid = class extends JOSEError {
  static code = "ERR_JWS_INVALID";
  code = "ERR_JWS_INVALID";
};
var JWKInvalid = class extends JOSEError {
  static code = "ERR_JWK_INVALID";
  code = "ERR_JWK_INVALID";
};

// node_modules/jose/dist/webapi/util/base64url.js
var invalid = "The input to be decoded is not correctly encoded.";
function decode3(input) {
  try {
    return decodeBase64(typeof input == "string" ? input : decoder.decode(input), true);
  } catch (cause) {
    throw new TypeError(invalid, { cause });
  }
}
function encode3(input) {
  return encodeBase64(typeof input == "string" ? encoder.encode(input) : input, true);
}

// node_modules/jose/dist/webapi/lib/validate.js
function assertUint8Array(input, label) {
  if (!(input instanceof Uint8Array))
    throw new TypeError(`${label} must be an instance of Uint8Array`);
}
function isObject2(input) {
  if (typeof input != "object" || input === null || Object.prototype.toString.call(input) !== "[object Object]")
    return false;
  const prototype = Object.getPrototypeOf(input);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
function isDisjoint(...headers) {
  const parameters = /* @__PURE__ */ new Set();
  for (const header of headers)
    if (header)
      for (const parameter of Object.keys(header)) {
        if (parameters.has(parameter))
          return false;
        parameters.add(parameter);
      }
  return true;
}
function assertNotSet(value, name) {
  if (value !== void 0)
    throw new TypeError(`${name} can only be called once`);
}
var JWS_RECOGNIZED = { __proto__: null, b64: true };
function validateCritDuplicates(Err, protectedHeader) {
  const { crit } = protectedHeader ?? {};
  if (Array.isArray(crit) && new Set(crit).size !== crit.length)
    throw new Err('"crit" (Critical) Header Parameter MUST NOT contain duplicate values');
}
function validateCrit(Err, recognizedDefault, recognizedOption, protectedHeader, joseHeader) {
  if (joseHeader.crit !== void 0 && protectedHeader?.crit === void 0)
    throw new Err('"crit" (Critical) Header Parameter MUST be integrity protected');
  if (!protectedHeader || protectedHeader.crit === void 0)
    return [];
  if (!Array.isArray(protectedHeader.crit) || protectedHeader.crit.length === 0 || protectedHeader.crit.some((input) => typeof input != "string" || input.length === 0))
    throw new Err('"crit" (Critical) Header Parameter MUST be an array of non-empty strings when present');
  const recognized = recognizedOption === void 0 ? recognizedDefault : { __proto__: null, ...recognizedOption, ...recognizedDefault };
  for (const parameter of protectedHeader.crit) {
    if (!(parameter in recognized))
      throw new JOSENotSupported(`Extension Header Parameter "${parameter}" is not recognized`);
    if (!Object.hasOwn(joseHeader, parameter) || joseHeader[parameter] === void 0)
      throw new Err(`Extension Header Parameter "${parameter}" is missing`);
    if (recognized[parameter] && (!Object.hasOwn(protectedHeader, parameter) || protectedHeader[parameter] === void 0))
      throw new Err(`Extension Header Parameter "${parameter}" MUST be integrity protected`);
  }
  return protectedHeader.crit;
}
function validateB64(protectedHeader, extensions) {
  if (extensions.includes("b64")) {
    const b64 = protectedHeader.b64;
    if (typeof b64 != "boolean")
      throw new JWSInvalid('The "b64" (base64url-encode payload) Header Parameter must be a boolean');
    return b64;
  }
  return true;
}
function serializeJoseHeader(Err, header) {
  let serialized, parsed;
  try {
    serialized = JSON.stringify(header), parsed = JSON.parse(serialized);
  } catch (cause) {
    throw new Err("JOSE Header is not valid JSON", { cause });
  }
  if (!isObject2(parsed))
    throw new Err("JOSE Header is not a JSON object");
  return [parsed, serialized];
}

// node_modules/jose/dist/webapi/lib/key.js
var tag = (key) => key[Symbol.toStringTag];
var jwkMatchesOp = (entry, key, usage) => {
  const { alg } = entry;
  if (key.use !== void 0) {
    const expected = usage === "sign" || usage === "verify" ? "sig" : "enc";
    if (key.use !== expected)
      throw new TypeError(`Invalid key for this operation, its "use" must be "${expected}" when present`);
  }
  if (key.alg !== void 0 && key.alg !== alg)
    throw new TypeError(`Invalid key for this operation, its "alg" must be "${alg}" when present`);
  if (Array.isArray(key.key_ops)) {
    const expectedKeyOp = usage === "encrypt" || usage === "decrypt" ? entry.ops?.[usage === "encrypt" ? 0 : 1] : usage;
    if (expectedKeyOp && !key.key_ops.includes(expectedKeyOp))
      throw new TypeError(`Invalid key for this operation, its "key_ops" must include "${expectedKeyOp}" when present`);
  }
};
async function prepareKey(entry, key, usage) {
  const { alg, secret } = entry, requiresPrivateKey = usage === "decrypt" || usage === "sign";
  if (secret && key instanceof Uint8Array)
    return key;
  let normalized, keyObject;
  if (isObject2(key)) {
    if (normalized = normalizeJwk(key), typeof normalized.kty != "string")
      throw invalidKeyType(alg, key, secret);
    if (!(secret ? normalized.kty === "oct" && typeof normalized.k == "string" : normalized.kty !== "oct" && (requiresPrivateKey ? normalized.kty === "AKP" && typeof normalized.priv == "string" || typeof normalized.d == "string" : normalized.d === void 0 && normalized.priv === void 0)))
      throw new TypeError(secret ? 'JSON Web Key for symmetric algorithms must have JWK "kty" (Key Type) equal to "oct" and the JWK "k" (Key Value) present' : `JSON Web Key for this operation must be a ${requiresPrivateKey ? "private" : "public"} JWK`);
    if (jwkMatchesOp(entry, normalized, usage), normalized.kty === "oct")
      return decode3(normalized.k);
    if (!Object.isFrozen(key)) {
      const { key_ops } = key;
      Array.isArray(key_ops) && Object.freeze(key_ops), Object.freeze(key);
    }
  } else {
    if (!isKeyLike(key))
      throw invalidKeyType(alg, key, secret);
    const expectedType = secret ? "secret" : requiresPrivateKey ? "private" : "public";
    if (key.type !== expectedType && (secret || ["secret", "public", "private"].includes(key.type)))
      throw new TypeError(`${tag(key)} instances must be of type "${expectedType}" for the ${alg} algorithm`);
    if (isCryptoKey(key))
      return key;
    if (keyObject = key, keyObject.type === "secret")
      return keyObject.export();
  }
  cache ||= /* @__PURE__ */ new WeakMap();
  const cacheKey = key;
  let cached2 = cache.get(cacheKey);
  if (cached2?.[alg])
    return cached2[alg];
  if (cached2 || cache.set(cacheKey, cached2 = {}), keyObject && typeof keyObject.toCryptoKey == "function") {
    const isPublic = keyObject.type === "public", crv = nist[keyObject.asymmetricKeyDetails?.namedCurve], params = entry.resolve?.({ crv, asymmetricKeyType: keyObject.asymmetricKeyType }) ?? entry.subtle;
    return cached2[alg] = keyObject.toCryptoKey(params, isPublic, entry.usages[isPublic ? 0 : 1]);
  }
  return normalized ??= keyObject.export({ format: "jwk" }), normalized.alg = alg, cached2[alg] = await jwkToKey(entry, normalized);
}
var cache;
var nist = {
  __proto__: null,
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521"
};
var isCryptoKey = (key) => {
  if (key?.[Symbol.toStringTag] === "CryptoKey")
    return true;
  try {
    return key instanceof CryptoKey;
  } catch {
    return false;
  }
};
var isKeyObject = (key) => key?.[Symbol.toStringTag] === "KeyObject";
var isKeyLike = (key) => isCryptoKey(key) || isKeyObject(key);
function message(msg, actual, ...types) {
  if (types.length > 2) {
    const last = types.pop();
    msg += `one of type ${types.join(", ")}, or ${last}.`;
  } else types.length === 2 ? msg += `one of type ${types[0]} or ${types[1]}.` : msg += `of type ${types[0]}.`;
  return actual == null ? msg += ` Received ${actual}` : typeof actual == "function" && actual.name ? msg += ` Received function ${actual.name}` : typeof actual == "object" && actual != null && actual.constructor?.name && (msg += ` Received an instance of ${actual.constructor.name}`), msg;
}
var invalidKeyInput = (actual, ...types) => message("Key must be ", actual, ...types);
function invalidKeyType(alg, actual, secret) {
  const types = ["CryptoKey", "KeyObject", "JSON Web Key"];
  return secret && types.push("Uint8Array"), new TypeError(message(`Key for the ${alg} algorithm must be `, actual, ...types));
}
var unusable = (name, prop = "algorithm.name") => new TypeError(`CryptoKey does not support this operation, its ${prop} must be ${name}`);
function checkUsage(key, usage) {
  if (usage && !key.usages.includes(usage))
    throw new TypeError(`CryptoKey does not support this operation, its usages must include ${usage}.`);
}
function checkModulusLength(alg, key) {
  const { modulusLength } = key.algorithm;
  if (typeof modulusLength != "number" || modulusLength < 2048)
    throw new TypeError(`${alg} requires key modulusLength to be 2048 bits or larger`);
}
function checkCryptoKey(key, expected, usage) {
  const algorithm = key.algorithm;
  if (algorithm.name !== expected.name)
    throw unusable(expected.name);
  if (expected.hash && algorithm.hash?.name !== expected.hash)
    throw unusable(expected.hash, "algorithm.hash");
  if (expected.namedCurve && algorithm.namedCurve !== expected.namedCurve)
    throw unusable(expected.namedCurve, "algorithm.namedCurve");
  if (expected.length !== void 0 && algorithm.length !== expected.length)
    throw unusable(expected.length, "algorithm.length");
  checkUsage(key, usage);
}
function snapshotJwk(jwk) {
  return { __proto__: null, ...jwk };
}
function normalizeJwk(jwk) {
  const normalized = snapshotJwk(jwk);
  if (normalized.ext !== void 0 && typeof normalized.ext != "boolean")
    throw new TypeError('"ext" (Extractable) Parameter must be a boolean');
  if (normalized.key_ops !== void 0) {
    const value = normalized.key_ops, keyOps = Array.isArray(value) ? [...value] : void 0;
    if (!keyOps || keyOps.some((operation) => typeof operation != "string") || new Set(keyOps).size !== keyOps.length)
      throw new TypeError('"key_ops" (Key Operations) Parameter must be an array of unique strings');
    normalized.key_ops = keyOps;
  }
  return normalized;
}
function validateExtractableOption(extractable) {
  if (extractable !== void 0 && typeof extractable != "boolean")
    throw new TypeError('"extractable" option must be a boolean');
  return extractable;
}
async function jwkToKey(entry, jwk, extractable) {
  if (!entry.kty.includes(jwk.kty))
    throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
  const algorithm = entry.resolve?.({ kty: jwk.kty, crv: jwk.crv }) ?? entry.subtle, isPrivate = !!(jwk.d || jwk.priv), keyData = { ...jwk, ext: extractable ?? jwk.ext };
  return keyData.kty !== "AKP" && delete keyData.alg, delete keyData.use, crypto.subtle.importKey("jwk", keyData, algorithm, keyData.ext ?? !isPrivate, jwk.key_ops ?? entry.usages[isPrivate ? 1 : 0]);
}
async function rawKey(key, expected, usage, extractable = false) {
  return key instanceof Uint8Array && (key = await crypto.subtle.importKey("raw", key, expected, extractable, [usage])), checkCryptoKey(key, expected, usage), key;
}

// node_modules/jose/dist/webapi/lib/key_descriptor.js
function table(entries) {
  const out = { __proto__: null };
  for (const alg in entries)
    out[alg] = { ...entries[alg], alg };
  return out;
}

// node_modules/jose/dist/webapi/lib/jwe_algorithms.js
var wrap = [
  ["encrypt", "wrapKey"],
  ["decrypt", "unwrapKey"]
];
var derive = [[], ["deriveBits"]];
var none = [[], []];
function rsaes(bits) {
  return {
    kty: ["RSA"],
    mode: "key-encryption",
    subtle: { name: "RSA-OAEP", hash: `SHA-${bits}` },
    usages: wrap,
    ops: ["wrapKey", "unwrapKey"]
  };
}
function ecdh(mode) {
  return {
    kty: ["EC", "OKP"],
    mode,
    subtle: { name: "ECDH" },
    resolve: ({ kty, crv, asymmetricKeyType }) => {
      if (crv === "X25519" || asymmetricKeyType === "x25519")
        return { name: "X25519" };
      if (kty === "OKP")
        throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
      return { name: "ECDH", namedCurve: crv };
    },
    usages: derive,
    ops: [void 0, "deriveBits"]
  };
}
function aeskw(bits, gcm = false) {
  return {
    kty: ["oct"],
    mode: "key-wrapping",
    secret: true,
    subtle: { name: gcm ? "AES-GCM" : "AES-KW", length: bits },
    usages: none,
    ops: gcm ? ["encrypt", "decrypt"] : ["wrapKey", "unwrapKey"]
  };
}
function pbes2() {
  return {
    kty: ["oct"],
    mode: "key-wrapping",
    secret: true,
    subtle: { name: "PBKDF2" },
    usages: none,
    ops: ["deriveBits", "deriveBits"]
  };
}
var JWE = table({
  dir: {
    kty: ["oct"],
    mode: "direct-encryption",
    secret: true,
    subtle: { name: "AES-GCM" },
    usages: none,
    ops: ["encrypt", "decrypt"]
  },
  "RSA-OAEP": rsaes(1),
  "RSA-OAEP-256": rsaes(256),
  "RSA-OAEP-384": rsaes(384),
  "RSA-OAEP-512": rsaes(512),
  "ECDH-ES": ecdh("direct-key-agreement"),
  "ECDH-ES+A128KW": ecdh("key-agreement-with-key-wrapping"),
  "ECDH-ES+A192KW": ecdh("key-agreement-with-key-wrapping"),
  "ECDH-ES+A256KW": ecdh("key-agreement-with-key-wrapping"),
  A128KW: aeskw(128),
  A192KW: aeskw(192),
  A256KW: aeskw(256),
  A128GCMKW: aeskw(128, true),
  A192GCMKW: aeskw(192, true),
  A256GCMKW: aeskw(256, true),
  "PBES2-HS256+A128KW": pbes2(),
  "PBES2-HS384+A192KW": pbes2(),
  "PBES2-HS512+A256KW": pbes2()
});
var contentOps = ["encrypt", "decrypt"];
function contentEncryption(bits, cbc = false) {
  return {
    kty: ["oct"],
    secret: true,
    subtle: { name: cbc ? "AES-CBC" : "AES-GCM", length: bits },
    usages: none,
    ops: contentOps,
    cekBits: bits,
    ivBits: cbc ? 128 : 96,
    cbc
  };
}
var ENC = table({
  A128GCM: contentEncryption(128),
  A192GCM: contentEncryption(192),
  A256GCM: contentEncryption(256),
  "A128CBC-HS256": contentEncryption(256, true),
  "A192CBC-HS384": contentEncryption(384, true),
  "A256CBC-HS512": contentEncryption(512, true)
});

// node_modules/jose/dist/webapi/lib/jws_algorithms.js
var sig = [["verify"], ["sign"]];
function hmac(bits) {
  const subtle = { name: "HMAC", hash: `SHA-${bits}` };
  return { kty: ["oct"], secret: true, subtle, signing: subtle, usages: sig };
}
function rsa(bits, saltLength) {
  const subtle = { name: saltLength ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash: `SHA-${bits}` };
  return {
    kty: ["RSA"],
    subtle,
    signing: saltLength ? { ...subtle, saltLength } : subtle,
    usages: sig,
    minRsaBits: 2048
  };
}
function ecdsa(crv, bits) {
  return {
    kty: ["EC"],
    crv,
    subtle: { name: "ECDSA", namedCurve: crv },
    signing: { name: "ECDSA", hash: `SHA-${bits}` },
    usages: sig
  };
}
function eddsa() {
  const subtle = { name: "Ed25519" };
  return {
    kty: ["OKP"],
    crv: "Ed25519",
    subtle,
    signing: subtle,
    usages: sig
  };
}
function mldsa(parameterSet) {
  const subtle = { name: `ML-DSA-${parameterSet}` };
  return {
    kty: ["AKP"],
    subtle,
    signing: subtle,
    usages: sig
  };
}
var JWS = table({
  HS256: hmac(256),
  HS384: hmac(384),
  HS512: hmac(512),
  RS256: rsa(256),
  RS384: rsa(384),
  RS512: rsa(512),
  PS256: rsa(256, 32),
  PS384: rsa(384, 48),
  PS512: rsa(512, 64),
  ES256: ecdsa("P-256", 256),
  ES384: ecdsa("P-384", 384),
  ES512: ecdsa("P-521", 512),
  EdDSA: eddsa(),
  Ed25519: eddsa(),
  "ML-DSA-44": mldsa(44),
  "ML-DSA-65": mldsa(65),
  "ML-DSA-87": mldsa(87)
});
function jwsAlgorithm(alg) {
  const entry = typeof alg == "string" ? JWS[alg] : void 0;
  if (!entry)
    throw new JOSENotSupported(`alg ${alg} is not supported either by JOSE or your javascript runtime`);
  return entry;
}

// node_modules/jose/dist/webapi/lib/jws_sign.js
async function createSignature(input, key, rejectUnencoded) {
  let [payload, protectedHeader, unprotectedHeader, crit] = input, encodedProtectedHeader = "";
  if (protectedHeader !== void 0) {
    const normalized = serializeJoseHeader(JWSInvalid, protectedHeader);
    protectedHeader = normalized[0], encodedProtectedHeader = encode3(normalized[1]);
  }
  if (unprotectedHeader !== void 0 && (unprotectedHeader = serializeJoseHeader(JWSInvalid, unprotectedHeader)[0]), !protectedHeader && !unprotectedHeader)
    throw new JWSInvalid("either setProtectedHeader or setUnprotectedHeader must be called before #sign()");
  if (!isDisjoint(protectedHeader, unprotectedHeader))
    throw new JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");
  const joseHeader = { ...protectedHeader, ...unprotectedHeader };
  validateCritDuplicates(JWSInvalid, protectedHeader);
  const b64 = validateB64(protectedHeader, validateCrit(JWSInvalid, JWS_RECOGNIZED, crit, protectedHeader, joseHeader));
  b64 || rejectUnencoded?.();
  const { alg } = joseHeader;
  if (typeof alg != "string" || !alg)
    throw new JWSInvalid('JWS "alg" (Algorithm) Header Parameter missing or invalid');
  const entry = jwsAlgorithm(alg);
  let encodedPayload = "", signingPayload = payload, signingInput;
  if (b64) {
    const encodedPayloadCache = input[4];
    encodedPayloadCache ? (encodedPayload = encodedPayloadCache[0] ??= encode3(payload), signingPayload = encodedPayloadCache[1] ??= encode2(encodedPayload)) : (encodedPayload = encode3(payload), signingInput = encoder.encode(`${encodedProtectedHeader}.${encodedPayload}`));
  }
  signingInput ??= concat(encode2(encodedProtectedHeader), encode2("."), signingPayload);
  const signingKey = await rawKey(await prepareKey(entry, key, "sign"), entry.subtle, "sign");
  entry.minRsaBits && checkModulusLength(entry.alg, signingKey);
  const jws = {
    signature: encode3(new Uint8Array(await crypto.subtle.sign(entry.signing, signingKey, signingInput))),
    payload: encodedPayload
  };
  return protectedHeader && (jws.protected = encodedProtectedHeader), unprotectedHeader && (jws.header = unprotectedHeader), [jws, b64];
}
async function createCompactSignature(payload, protectedHeader, crit, key, rejectUnencoded) {
  const [jws] = await createSignature([payload, protectedHeader, void 0, crit], key, rejectUnencoded);
  return `${jws.protected}.${jws.payload}.${jws.signature}`;
}

// node_modules/jose/dist/webapi/jws/compact/sign.js
var CompactSign = class {
  #payload;
  #protectedHeader;
  constructor(payload) {
    assertUint8Array(payload, "payload"), this.#payload = payload;
  }
  setProtectedHeader(protectedHeader) {
    return assertNotSet(this.#protectedHeader, "setProtectedHeader"), this.#protectedHeader = protectedHeader, this;
  }
  async sign(key, options) {
    return createCompactSignature(this.#payload, this.#protectedHeader, options?.crit, key, () => {
      throw new TypeError("use the flattened module for creating JWS with b64: false");
    });
  }
};

// node_modules/jose/dist/webapi/lib/key_algorithm.js
var algArgument = '"alg" (Algorithm)';
function unsupportedAlg(source = 'JWK "alg" (Algorithm) Parameter') {
  throw new JOSENotSupported(`Invalid or unsupported ${source} value`);
}
function keyAlgorithm(alg, source) {
  return (typeof alg == "string" ? JWS[alg] ?? JWE[alg] : void 0) ?? unsupportedAlg(source);
}

// node_modules/jose/dist/webapi/key/export.js
async function exportJWK(key) {
  if (isKeyObject(key))
    if (key.type === "secret")
      key = key.export();
    else
      return key.export({ format: "jwk" });
  if (key instanceof Uint8Array)
    return {
      kty: "oct",
      k: encode3(key)
    };
  if (!isCryptoKey(key))
    throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject", "Uint8Array"));
  if (!key.extractable)
    throw new TypeError("non-extractable CryptoKey cannot be exported as a JWK");
  const jwk = await crypto.subtle.exportKey("jwk", key);
  delete jwk.ext, delete jwk.key_ops, delete jwk.use, jwk.kty !== "AKP" && delete jwk.alg;
  for (const parameter of Object.keys(jwk))
    jwk[parameter] === void 0 && delete jwk[parameter];
  return jwk;
}

// node_modules/jose/dist/webapi/jwk/thumbprint.js
var check = (value, description) => {
  if (typeof value != "string" || !value)
    throw new JWKInvalid(`${description} missing or invalid`);
};
async function calculateJwkThumbprint(key, digestAlgorithm) {
  let jwk;
  if (isObject2(key)) {
    if (jwk = snapshotJwk(key), typeof jwk.kty != "string")
      throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject", "JSON Web Key"));
  } else if (isKeyLike(key))
    jwk = snapshotJwk(await exportJWK(key));
  else
    throw new TypeError(invalidKeyInput(key, "CryptoKey", "KeyObject", "JSON Web Key"));
  if (digestAlgorithm ??= "sha256", digestAlgorithm !== "sha256" && digestAlgorithm !== "sha384" && digestAlgorithm !== "sha512")
    throw new TypeError('digestAlgorithm must one of "sha256", "sha384", or "sha512"');
  let requiredMembers;
  switch (jwk.kty) {
    case "AKP":
      check(jwk.alg, '"alg" (Algorithm) Parameter'), check(jwk.pub, '"pub" (Public key) Parameter'), requiredMembers = { alg: jwk.alg, kty: jwk.kty, pub: jwk.pub };
      break;
    case "EC":
      check(jwk.crv, '"crv" (Curve) Parameter'), check(jwk.x, '"x" (X Coordinate) Parameter'), check(jwk.y, '"y" (Y Coordinate) Parameter'), requiredMembers = { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y };
      break;
    case "OKP":
      check(jwk.crv, '"crv" (Subtype of Key Pair) Parameter'), check(jwk.x, '"x" (Public Key) Parameter'), requiredMembers = { crv: jwk.crv, kty: jwk.kty, x: jwk.x };
      break;
    case "RSA":
      check(jwk.e, '"e" (Exponent) Parameter'), check(jwk.n, '"n" (Modulus) Parameter'), requiredMembers = { e: jwk.e, kty: jwk.kty, n: jwk.n };
      break;
    case "oct":
      if (typeof jwk.k != "string")
        throw new JWKInvalid('"k" (Key Value) Parameter missing or invalid');
      requiredMembers = { k: jwk.k, kty: jwk.kty };
      break;
    default:
      throw new JOSENotSupported('"kty" (Key Type) Parameter missing or unsupported');
  }
  const thumbprintInput = encode2(JSON.stringify(requiredMembers));
  return encode3(await digest(digestAlgorithm, thumbprintInput));
}

// node_modules/jose/dist/webapi/key/import.js
async function importJWK(jwk, alg, options) {
  if (!isObject2(jwk))
    throw new TypeError("JWK must be an object");
  const normalized = normalizeJwk(jwk), extractable = validateExtractableOption(options?.extractable), { alg: jwkAlg } = normalized;
  if (alg ??= jwkAlg, normalized.kty !== "oct" && !alg)
    throw new TypeError('"alg" argument is required when "jwk.alg" is not present');
  switch (normalized.kty) {
    case "oct":
      if (typeof normalized.k != "string")
        throw new TypeError('missing "k" (Key Value) Parameter value');
      return decode3(normalized.k);
    case "AKP": {
      if (typeof jwkAlg != "string" || !jwkAlg)
        throw new TypeError('missing "alg" (Algorithm) Parameter value');
      if (alg !== jwkAlg)
        throw new TypeError("JWK alg and alg option value mismatch");
      return jwkToKey(keyAlgorithm(alg), normalized, extractable);
    }
    case "RSA":
    case "EC":
    case "OKP":
      return jwkToKey(keyAlgorithm(alg), normalized, extractable);
    default:
      throw new JOSENotSupported('Unsupported "kty" (Key Type) Parameter value');
  }
}

// node_modules/jose/dist/webapi/key/generate_key_pair.js
function getModulusLengthOption(options) {
  const modulusLength = options?.modulusLength ?? 2048;
  if (typeof modulusLength != "number" || !Number.isInteger(modulusLength) || modulusLength < 2048)
    throw new JOSENotSupported("Invalid or unsupported modulusLength option provided, 2048 bits or larger keys must be used");
  return modulusLength;
}
async function generateKeyPair(alg, options) {
  const extractable = validateExtractableOption(options?.extractable), entry = keyAlgorithm(alg, algArgument);
  entry.secret && unsupportedAlg(algArgument);
  let algorithm;
  if (entry.resolve) {
    const crv = options?.crv ?? "P-256";
    if (!["P-256", "P-384", "P-521", "X25519"].includes(crv))
      throw new JOSENotSupported("Invalid or unsupported crv option provided, supported values are P-256, P-384, P-521, and X25519");
    algorithm = entry.resolve({ crv });
  } else {
    if (entry.crv !== void 0 && options?.crv !== void 0 && options.crv !== entry.crv)
      throw new JOSENotSupported(`Invalid or unsupported crv option provided, the only supported value for ${alg} is ${entry.crv}`);
    algorithm = entry.kty[0] === "RSA" ? {
      ...entry.subtle,
      publicExponent: Uint8Array.of(1, 0, 1),
      modulusLength: getModulusLengthOption(options)
    } : entry.subtle;
  }
  return crypto.subtle.generateKey(algorithm, extractable ?? false, [
    ...entry.usages[1],
    ...entry.usages[0]
  ]);
}

// cli/dev/issuer-site.ts
var maxBodyBytes = 65536;
function issuerListener(site) {
  return (request, response) => {
    answer(site, request).then(
      (reply) => send(response, reply),
      () => send(response, failure2(400, "the request could not be read"))
    );
  };
}
function failure2(status, message2) {
  return { status, body: { message: message2 } };
}
async function answer(site, request) {
  const url = new URL(request.url ?? "/", site.origin);
  switch (`${request.method} ${url.pathname}`) {
    case "GET /.well-known/openid-configuration":
      return { status: 200, body: discovery(site.origin) };
    case "GET /.well-known/jwks":
    case "GET /.well-known/jwks.json":
      return { status: 200, body: site.keys };
    case "GET /id-token":
      return idToken(site, request, url);
    case "POST /job":
      return setJob(site, await readBody(request));
    default:
      return failure2(404, "the local issuer has GET /.well-known/openid-configuration, GET /.well-known/jwks, GET /id-token and POST /job");
  }
}
function discovery(origin) {
  return {
    issuer: origin,
    jwks_uri: `${origin}/.well-known/jwks`,
    response_types_supported: ["id_token"],
    subject_types_supported: ["public", "pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid"]
  };
}
async function idToken(site, request, url) {
  if (request.headers.authorization !== `Bearer ${site.requestToken}`) return failure2(401, "the bearer must be idTokenRequestToken");
  return { status: 200, body: { count: 1, value: await site.sign(url.searchParams.get("audience") ?? void 0) } };
}
function setJob(site, body) {
  if (body === void 0) return failure2(413, `at most ${maxBodyBytes} bytes`);
  const job = parseJson(body);
  if (!isJsonObject(job)) return failure2(400, 'the body must be a JSON object of claims, such as {"ref":"refs/heads/main"}');
  return { status: 200, body: { claims: site.setJob(job) } };
}
function parseJson(body) {
  try {
    return JSON.parse(body);
  } catch {
    return void 0;
  }
}
async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= maxBodyBytes) chunks.push(bytes);
  }
  return size > maxBodyBytes ? void 0 : Buffer.concat(chunks).toString("utf8");
}
function send(response, { status, body }) {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

// cli/dev/job.ts
import { createHash as createHash3 } from "node:crypto";
var AUTHORITY_OWNER = "jobpass";
var AUTHORITY_OWNER_ID = "1";
var FIXED_OWNERS = /* @__PURE__ */ new Map([
  ["acme", "65000001"],
  [AUTHORITY_OWNER, AUTHORITY_OWNER_ID]
]);
var FIXED_REPOSITORIES = /* @__PURE__ */ new Map([["acme/docs", "1217768983"]]);
var SHA = "a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4";
var RUN_ID = "24766983965";
var CHECK_RUN_ID = "72463523102";
var TOKEN_LIFETIME = 300;
function idOf(text4) {
  return String(1e9 + createHash3("sha256").update(text4).digest().readUInt32BE(0) % 9e9);
}
function text3(value) {
  return typeof value === "string" ? value : "";
}
function jobClaims(set, known, iss) {
  const claims = /* @__PURE__ */ new Map([["iss", iss]]);
  const put = (name, unset) => {
    const value = set[name] ?? unset;
    claims.set(name, value);
    return text3(value);
  };
  const ref = put("ref", "refs/heads/main");
  const event = put("event_name", "push");
  const repository2 = putRepository(put, known);
  putRun(put, set, repository2, ref);
  const environment = text3(set.environment);
  if (environment !== "") put("environment_node_id", `EN_kwDO${idOf(`${repository2}:${environment}`)}`);
  for (const [name, value] of Object.entries(set)) claims.set(name, value);
  for (const [name, value] of Object.entries(set)) if (value === null) claims.delete(name);
  if (!Object.hasOwn(set, "sub")) claims.set("sub", subject2(claims, event));
  return Object.fromEntries(claims);
}
function putRepository(put, known) {
  const repository2 = put("repository", "acme/docs");
  const owner3 = put("repository_owner", repository2.split("/")[0] ?? "");
  const ownerKey = owner3.toLowerCase();
  const repositoryKey = repository2.toLowerCase();
  put("repository_owner_id", known.owners.get(ownerKey) ?? FIXED_OWNERS.get(ownerKey) ?? idOf(`owner ${ownerKey}`));
  put(
    "repository_id",
    known.repositories.get(repositoryKey) ?? FIXED_REPOSITORIES.get(repositoryKey) ?? idOf(`repository ${repositoryKey}`)
  );
  put("repository_visibility", "private");
  return repository2;
}
function putRun(put, set, repository2, ref) {
  put("ref_type", ref.startsWith("refs/tags/") ? "tag" : "branch");
  put("ref_protected", String(ref === "refs/heads/main"));
  put("head_ref", "");
  put("base_ref", "");
  const sha = put("sha", SHA);
  put("workflow", "ci");
  const workflowRef = put("workflow_ref", `${repository2}/.github/workflows/ci.yml@${ref}`);
  const workflowSha = put("workflow_sha", sha);
  put("job_workflow_ref", workflowRef);
  put("job_workflow_sha", workflowSha);
  put("actor", "octocat");
  put("actor_id", "583231");
  const run3 = put("run_id", RUN_ID);
  put("run_number", "42");
  const attempt = put("run_attempt", "1");
  const sameRun = set.run_id === void 0 && set.run_attempt === void 0;
  put("check_run_id", sameRun ? CHECK_RUN_ID : idOf(`job ${run3}/${attempt}`));
  put("runner_environment", "github-hosted");
}
function subject2(claims, event) {
  const [owner3 = "", name = ""] = text3(claims.get("repository")).split("/");
  const ownerId = text3(claims.get("repository_owner_id"));
  const repositoryId2 = text3(claims.get("repository_id"));
  const repository2 = ownerId === "" || repositoryId2 === "" ? `${owner3}/${name}` : `${owner3}@${ownerId}/${name}@${repositoryId2}`;
  const environment = text3(claims.get("environment"));
  const escaped = (value) => value.replaceAll(":", "%3A");
  if (environment !== "") return `repo:${repository2}:environment:${escaped(environment)}`;
  if (event === "pull_request") return `repo:${repository2}:pull_request`;
  return `repo:${repository2}:ref:${escaped(text3(claims.get("ref")))}`;
}
function tokenClaims(job, token) {
  const issuedAt = typeof job.iat === "number" ? job.iat : token.now;
  return { aud: token.aud, jti: token.jti, iat: token.now, nbf: issuedAt - TOKEN_LIFETIME, exp: issuedAt + TOKEN_LIFETIME, ...job };
}

// cli/dev/issuer.ts
async function newIssuerKey() {
  const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
  const key = await exportJWK(privateKey);
  return { ...key, alg: "RS256", use: "sig", kid: await calculateJwkThumbprint(key) };
}
async function startIssuer(port, key) {
  const sign = await tokenSigner(key);
  const server = createServer();
  const origin = `http://127.0.0.1:${await listen(server, port)}`;
  const requestToken = randomBytes(32).toString("base64url");
  let issuedAs2 = { iss: origin, ids: { owners: /* @__PURE__ */ new Map(), repositories: /* @__PURE__ */ new Map() } };
  let job = {};
  const claimsOf = (set) => jobClaims(set, issuedAs2.ids, issuedAs2.iss);
  const listener = issuerListener({
    origin,
    keys: publicKeys(key),
    requestToken,
    sign: (audience2) => sign(claimsOf(job), audience2),
    setJob: (next) => {
      job = next;
      return claimsOf(job);
    }
  });
  server.on("request", listener);
  return {
    origin,
    keysUrl: `${origin}/.well-known/jwks`,
    idTokenRequestUrl: `${origin}/id-token?api-version=2.0`,
    idTokenRequestToken: requestToken,
    follow: (next) => {
      issuedAs2 = next;
    },
    sign: (set, audience2) => sign(claimsOf(set), audience2),
    stop: () => close(server)
  };
}
async function tokenSigner(key) {
  const privateKey = await importJWK(key, "RS256");
  const header = { alg: "RS256", kid: key.kid ?? "", typ: "JWT", x5t: key.kid ?? "" };
  return (job, audience2) => {
    const aud = audience2 ?? `https://github.com/${String(job.repository_owner)}`;
    const claims = tokenClaims(job, { aud, jti: randomUUID(), now: Math.floor(Date.now() / 1e3) });
    return new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader(header).sign(privateKey);
  };
}
function publicKeys({ kid = "", n = "", e = "" }) {
  return { keys: [{ kty: "RSA", alg: "RS256", use: "sig", kid, n, e }] };
}
function listen(server, port) {
  return new Promise((settle2, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      settle2(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
function close(server) {
  return new Promise((settle2) => {
    server.close(() => settle2());
    server.closeAllConnections();
  });
}

// cli/dev/ports.ts
import { createServer as createServer2 } from "node:net";
var maxAttempts = 50;
async function portPair(port) {
  if (port !== 0) return port;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const candidate = await bind(0);
    if (candidate !== void 0 && candidate < 65535 && await isFree(candidate + 1)) return candidate;
  }
  throw new Error("no two free loopback ports in a row");
}
async function isFree(port) {
  return await bind(port) !== void 0;
}
function bind(port) {
  return new Promise((settle2) => {
    const server = createServer2();
    server.once("error", () => settle2(void 0));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => settle2(typeof address === "object" && address !== null ? address.port : void 0));
    });
  });
}

// cli/dev/publisher.ts
var TAKES_TOO_MUCH = 409;
var REASON = "jobpass dev publishes its folder as it is";
var SECOND_PERSON = { actor: "second-person", actor_id: "2" };
function publisherOf(broker, issuer3) {
  const publisher = { iss: issuer3.origin, repository: `${AUTHORITY_OWNER}/publisher` };
  const idToken2 = async (audience2) => ok(await issuer3.sign(publisher, audience2));
  return async ({ compiled, digest: digest2 }) => {
    const publication2 = { broker, audience: broker, policy: { compiled } };
    const first = await publishPolicy(publication2, idToken2);
    const isTooMuch = !first.ok && first.error.status === TAKES_TOO_MUCH;
    const result = isTooMuch ? await publishPolicy({ ...publication2, force: REASON }, idToken2) : first;
    if (!result.ok) return result;
    return result.value.outcome === "active" ? ok(result.value.policy) : confirm(result.value.proposal.proposal, digest2);
  };
  async function confirm(proposal, digest2) {
    const token = await issuer3.sign({ ...publisher, ...SECOND_PERSON }, broker);
    const headers = { authorization: `Bearer ${token}` };
    const answer2 = await callBroker(broker, `/proposals/${proposal}/confirm`, { method: "POST", headers });
    if (!answer2.ok) return err({ by: "nobody", lines: [answer2.error] });
    return answer2.value.status === 200 ? ok(digest2) : err(notDone(answer2.value));
  }
}

// cli/dev/state.ts
import { randomBytes as randomBytes2 } from "node:crypto";
import { mkdir, readFile as readFile2, rename, rm, writeFile } from "node:fs/promises";
import { join as join3 } from "node:path";
var StateUnusable = class extends Error {
  name = "StateUnusable";
};
var sealingKeyFile = base642().refine((text4) => Buffer.from(text4, "base64").length === 32);
var issuerKeyFile = looseObject({ kty: literal("RSA"), kid: string2(), n: string2(), e: string2(), d: string2() });
async function openState(dir) {
  if (dir === void 0) return { sealingKey: newSealingKey(), issuerKey: await newIssuerKey(), release: () => Promise.resolve() };
  await mkdir(dir, { recursive: true, mode: 448 });
  const lock = await lockFolder(dir);
  const sealingKey = await kept3(join3(dir, "sealing-key"), newSealingKey);
  const issuerKey = await kept3(join3(dir, "issuer-key.json"), async () => JSON.stringify(await newIssuerKey()));
  return {
    sealingKey: usable(join3(dir, "sealing-key"), sealingKeyFile.safeParse(sealingKey.trim())),
    issuerKey: usable(join3(dir, "issuer-key.json"), issuerKeyFile.safeParse(parseJson2(issuerKey))),
    storageDir: join3(dir, "objects"),
    release: () => rm(lock, { force: true })
  };
}
function newSealingKey() {
  return randomBytes2(32).toString("base64");
}
function usable(file, read2) {
  if (read2.success) return read2.data;
  throw new StateUnusable(`${file} is damaged; without it the state beside it cannot be read. Use another --state folder`);
}
function parseJson2(text4) {
  try {
    return JSON.parse(text4);
  } catch {
    return void 0;
  }
}
async function kept3(file, make) {
  const present = await readIfPresent(file);
  if (present !== void 0) return present;
  const content = await make();
  await writeFile(`${file}.new`, content, { mode: 384, flush: true });
  await rename(`${file}.new`, file);
  return content;
}
async function readIfPresent(file) {
  try {
    return await readFile2(file, "utf8");
  } catch (error2) {
    if (error2 instanceof Error && "code" in error2 && error2.code === "ENOENT") return void 0;
    throw error2;
  }
}
async function lockFolder(dir) {
  const lock = join3(dir, "dev.pid");
  const holder = Number(await readIfPresent(lock));
  if (Number.isSafeInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new StateUnusable(`${dir} is in use by the process ${holder}. If that is no jobpass dev, delete ${lock}`);
  }
  await writeFile(lock, `${process.pid}
`);
  return lock;
}
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error2) {
    return error2 instanceof Error && "code" in error2 && error2.code === "EPERM";
  }
}

// cli/dev/watch.ts
import { readdir as readdir2, stat as stat2 } from "node:fs/promises";
import { join as join4 } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
var lookEveryMs = 150;
function watchFolder(dir, since, onChange) {
  const stopping = new AbortController();
  const watching = (async () => {
    let handled = since;
    let seen = since;
    while (!stopping.signal.aborted) {
      await sleep(lookEveryMs, void 0, { signal: stopping.signal }).catch(() => void 0);
      const now = await fingerprint(dir);
      if (now !== handled && now === seen && !stopping.signal.aborted) {
        handled = now;
        await onChange();
      }
      seen = now;
    }
  })();
  return {
    stop: () => {
      stopping.abort();
      return watching;
    }
  };
}
async function fingerprint(dir) {
  const entries = await readdir2(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name)).map((entry) => join4(entry.parentPath, entry.name));
  const lines = await Promise.all(files.sort().map(describe3));
  return lines.join("\n");
}
async function describe3(file) {
  try {
    const { size, mtimeMs, ctimeMs, ino } = await stat2(file);
    return `${file} ${size} ${mtimeMs} ${ctimeMs} ${ino}`;
  } catch {
    return "";
  }
}

// cli/dev/workerd.ts
import { spawn } from "node:child_process";
import { copyFile, mkdir as mkdir2, mkdtemp, rm as rm2, writeFile as writeFile2 } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join as join5, resolve as resolve3 } from "node:path";

// cli/dev/capnp.ts
var COMPATIBILITY_DATE = "2026-10-23";
var ESCAPES = /* @__PURE__ */ new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["	", "\\t"]
]);
function capnpText(value) {
  if (value.includes("\0")) throw new TypeError("a binding cannot hold a NUL character");
  let text4 = "";
  for (const character2 of value) text4 += ESCAPES.get(character2) ?? (character2 < " " ? `\\x${hexByte(character2)}` : character2);
  return `"${text4}"`;
}
function hexByte(character2) {
  return character2.charCodeAt(0).toString(16).padStart(2, "0");
}
function brokerConfig(config2) {
  const objects = Object.entries(config2.durableObjects);
  const bindings = [
    ...Object.entries(config2.bindings).map(([name, value]) => `(name = ${capnpText(name)}, text = ${capnpText(value)})`),
    ...objects.map(([name, className]) => `(name = ${capnpText(name)}, durableObjectNamespace = ${capnpText(className)})`)
  ];
  const namespaces = objects.map(
    ([, className]) => `(className = ${capnpText(className)}, uniqueKey = ${capnpText(`jobpass-${className}`)}, enableSql = true)`
  );
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "broker", worker = .broker),
    (name = "storage", disk = (path = ${capnpText(config2.storageDir)}, writable = true)),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(
    name = "broker",
    http = (injectRequestHeaders = [(name = "CF-Connecting-IP", value = "127.0.0.1")]),
    service = "broker",
  )],
);

const broker :Workerd.Worker = (
  modules = [(name = "index.js", esModule = embed ${capnpText(config2.moduleName)})],
  compatibilityDate = ${capnpText(COMPATIBILITY_DATE)},
  bindings = [${list(bindings)}],
  durableObjectNamespaces = [${list(namespaces)}],
${objects.length === 0 ? "" : '  durableObjectStorage = (localDisk = "storage"),\n'});
`;
}
function list(items) {
  return items.map((item) => `
    ${item},`).join("");
}

// cli/dev/workerd.ts
var WorkerdFailed = class extends Error {
  name = "WorkerdFailed";
};
var startTimeoutMs = 2e4;
var stopTimeoutMs = 2e3;
var GUARDED_START = `
scratch=$1; shift
exec 5<&0 </dev/null
(trap "" HUP INT TERM; read -r line <&5 && exit; kill -KILL $$; rm -rf "$scratch") >/dev/null 2>&1 3>&- &
exec "$@" 5<&-
`;
var workerdPackage = looseObject({ default: string2() });
async function startWorkerd(options) {
  const scratch = await mkdtemp(join5(tmpdir(), "jobpass-workerd-"));
  const storageDir = resolve3(options.storageDir ?? join5(scratch, "objects"));
  await mkdir2(storageDir, { recursive: true, mode: 448 });
  await copyFile(options.script, join5(scratch, "worker.js"));
  const configFile = join5(scratch, "broker.capnp");
  await writeFile2(configFile, brokerConfig({ ...options, storageDir, moduleName: "worker.js" }), { mode: 384 });
  const child = spawnGuarded(scratch, [
    workerdPath(),
    "serve",
    "--control-fd=3",
    `--socket-addr=broker=127.0.0.1:${options.port}`,
    configFile
  ]);
  const printed = collectOutput(child, options.log);
  const exited = new Promise((settle2) => child.on("exit", (code2, signal) => settle2(signal ?? `exit code ${code2}`)));
  try {
    const port = await listening(child, exited, printed);
    const { pid } = child;
    if (pid === void 0) throw new WorkerdFailed("workerd has no process id");
    await rm2(configFile);
    return { pid, port, exited, stop: () => stop(child, exited, scratch) };
  } catch (error2) {
    await stop(child, exited, scratch);
    throw error2;
  }
}
function workerdPath() {
  return workerdPackage.parse(createRequire(import.meta.url)("workerd")).default;
}
function spawnGuarded(scratch, command2) {
  const child = spawn("/bin/sh", ["-c", GUARDED_START, "sh", scratch, ...command2], {
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    detached: true
  });
  child.stdin?.on("error", ignoreClosedPipe);
  child.on("exit", () => child.stdin?.end("over\n"));
  return child;
}
function ignoreClosedPipe() {
}
function collectOutput(child, log) {
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text4) => {
      if (lines.length < 100) lines.push(text4);
      log(text4);
    });
  }
  return () => lines.join("").trim();
}
var listenMessage = looseObject({ event: literal("listen"), socket: literal("broker"), port: int() });
async function listening(child, exited, printed) {
  const timer = new AbortController();
  const timeout = new Promise((_, fail) => {
    const late = setTimeout(
      () => fail(new WorkerdFailed(`workerd did not listen within ${startTimeoutMs / 1e3} s
${printed()}`)),
      startTimeoutMs
    );
    timer.signal.addEventListener("abort", () => clearTimeout(late));
  });
  const died = exited.then((how) => Promise.reject(new WorkerdFailed(`workerd ended at start (${how})
${printed()}`)));
  const absent = new Promise((_, fail) => child.on("error", (error2) => fail(new WorkerdFailed(error2.message))));
  try {
    return await Promise.race([firstPort(child), timeout, died, absent]);
  } finally {
    timer.abort();
    Promise.allSettled([died, absent]);
  }
}
function firstPort(child) {
  const control = child.stdio[3];
  if (control === null || control === void 0 || !("setEncoding" in control)) return Promise.reject(new WorkerdFailed("no control pipe"));
  return new Promise((settle2) => {
    let text4 = "";
    readText(control, (chunk) => {
      text4 += chunk;
      for (const line4 of text4.split("\n").slice(0, -1)) {
        const message2 = listenMessage.safeParse(JSON.parse(line4));
        if (message2.success) settle2(message2.data.port);
      }
    });
  });
}
function readText(stream, onText) {
  stream.setEncoding("utf8").on("data", onText);
}
async function stop(child, exited, scratch) {
  if (child.pid !== void 0) {
    const kill = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
    child.kill("SIGTERM");
    await exited;
    clearTimeout(kill);
  }
  await rm2(scratch, { recursive: true, force: true });
}

// cli/dev/local-broker.ts
var WORKER_BUNDLE = fileURLToPath(new URL("../../dist/worker/index.js", import.meta.url));
var DURABLE_OBJECTS = { LEDGER: "Ledger", POLICY_STORE: "PolicyStore", KEYRING: "Keyring" };
async function startLocalBroker(options) {
  const since = await fingerprint(options.dir);
  const policy = await options.readPolicy(options.dir);
  if (!policy.ok) return err({ because: policy.error.because === "findings" ? "policy" : "machine", message: policy.error.text.trimEnd() });
  try {
    return await startAll(options, policy.value, since);
  } catch (error2) {
    if (error2 instanceof WorkerdFailed || error2 instanceof StateUnusable || isSystemError(error2)) return notStarted(error2.message);
    throw error2;
  }
}
function notStarted(message2) {
  return err({ because: "machine", message: message2 });
}
function isSystemError(error2) {
  return error2 instanceof Error && "syscall" in error2;
}
async function startAll(options, policy, since) {
  var _stack = [];
  try {
    if (!existsSync(WORKER_BUNDLE)) return notStarted(`${WORKER_BUNDLE} is missing: run \`npm run build\``);
    const port = await portPair(options.port);
    for (const wanted of [port, port + 1]) {
      if (!await isFree(wanted))
        return notStarted(`port ${wanted} on 127.0.0.1 is in use; choose another with --port (the issuer takes the port after it)`);
    }
    const started = __using(_stack, new AsyncDisposableStack(), true);
    const state = await openState(options.stateDir);
    started.defer(() => state.release());
    const issuer3 = await startIssuer(port + 1, state.issuerKey);
    started.defer(() => issuer3.stop());
    const workerd = await startWorkerd({ script: WORKER_BUNDLE, port, log: options.tell, ...workerSettings(options, port, issuer3, state) });
    started.defer(() => workerd.stop());
    const folder = publishedFolder(options, `http://127.0.0.1:${port}`, issuer3);
    const digest2 = await folder.publish(policy);
    if (!digest2.ok) return err({ because: digest2.error.by === "broker" ? "policy" : "machine", message: digest2.error.lines.join("\n") });
    const watch = watchFolder(options.dir, since, folder.publishAgain);
    started.defer(() => watch.stop());
    return ok(running(started.move(), workerd, readyLine(port, issuer3, digest2.value)));
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function running(started, workerd, ready) {
  return { ready, pid: workerd.pid, ended: workerd.exited, stop: () => started.disposeAsync() };
}
function readyLine(port, issuer3, policy) {
  return {
    ready: true,
    broker: `http://127.0.0.1:${port}`,
    issuer: issuer3.origin,
    idTokenRequestUrl: issuer3.idTokenRequestUrl,
    idTokenRequestToken: issuer3.idTokenRequestToken,
    policy
  };
}
function workerSettings({ secrets, twoPerson }, port, issuer3, state) {
  const authority = (name) => [
    { issuer: issuer3.origin, is: { repository: `${AUTHORITY_OWNER}/${name}`, repository_owner_id: AUTHORITY_OWNER_ID } }
  ];
  return {
    ...state.storageDir === void 0 ? {} : { storageDir: state.storageDir },
    durableObjects: DURABLE_OBJECTS,
    bindings: {
      BROKER_ORIGIN: `http://127.0.0.1:${port}`,
      AUTHORITIES: JSON.stringify({ publishers: authority("publisher"), operators: authority("operator"), auditors: authority("auditor") }),
      SEALING_KEY: state.sealingKey,
      DEV_ISSUER_KEYS: issuer3.keysUrl,
      ...twoPerson === void 0 ? {} : { TWO_PERSON: twoPerson },
      ...secrets
    }
  };
}
function publishedFolder({ dir, readPolicy, tell: tell5 }, broker, issuer3) {
  const publishAs = publisherOf(broker, issuer3);
  let active;
  const publish = async (policy) => {
    const result = await publishAs(policy);
    if (!result.ok) return result;
    active = policy.digest;
    issuer3.follow(issuedAs(policy.document, issuer3.origin));
    return result;
  };
  const publishAgain = async () => {
    const policy = await readPolicy(dir);
    if (!policy.ok) return tell5(`${policy.error.text}The policy published before stays active: ${active}
`);
    if (policy.value.digest === active) return tell5(`The policy means the same as before: ${active}
`);
    const result = await publish(policy.value);
    tell5(
      result.ok ? `Published ${result.value}
` : `${result.error.lines.join("\n")}
The policy published before stays active: ${active}
`
    );
  };
  return { publish, publishAgain };
}

// cli/dev/secrets-file.ts
import { parseEnv } from "node:util";
var WEBHOOK_SECRET = "WEBHOOK_SECRET";
function readSecrets(text4) {
  const secrets = {};
  const ignored = [];
  for (const [name, value] of Object.entries(parseEnv(text4))) {
    if ((SECRET_NAME.test(name) || name === WEBHOOK_SECRET) && value !== void 0) secrets[name] = value;
    else ignored.push(name);
  }
  return { secrets, ignored };
}

// cli/commands/dev.ts
var devHelp = `jobpass dev DIR [--port 8787] [--state DIR] [--secrets FILE] [--two-person ACTS]

Runs the real broker on this machine (workerd, 127.0.0.1) with the policy of DIR, and a local CI issuer on the next port.
A change in DIR is published at once. Works without a network.

  --port N        the broker's port; the issuer takes N + 1 (default: 8787; 0 takes two free ones)
  --state DIR     keeps keys, leases and the ledger there (default: a temporary folder)
  --secrets FILE  UPSTREAM_* secrets and WEBHOOK_SECRET in dotenv form (default: .dev.vars when present)
  --two-person ACTS  what takes a second person, as TWO_PERSON of a deployed broker: thaw, widen or thaw,widen

Prints one line of JSON once it can serve: broker, issuer, idTokenRequestUrl, idTokenRequestToken, policy.
POST a JSON object of claims to ISSUER/job to become another job; docs/cli.md shows how.
Exit: 0 stopped · 1 the policy cannot be published · 2 could not run.
`;
var SPEC4 = { operands: ["DIR"], options: { port: "value", state: "value", secrets: "value", "two-person": "value" } };
var DEFAULT_SECRETS_FILE = ".dev.vars";
var lookForParentEveryMs = 200;
async function devCommand(args, io) {
  const read2 = readOptions(args, SPEC4);
  if (!read2.ok) return usageError(io, "dev", read2.error);
  const port = portOf(read2.value.option("port") ?? "8787");
  if (!port.ok) return usageError(io, "dev", [port.error]);
  const secrets = await secretsOf(read2.value.option("secrets"), io.cwd);
  if (!secrets.ok) return usageError(io, "dev", [secrets.error]);
  if (secrets.value.ignored.length > 0)
    io.stderr(`Neither UPSTREAM_* nor WEBHOOK_SECRET, so not passed on: ${secrets.value.ignored.join(", ")}
`);
  const stateDir = read2.value.option("state");
  const twoPerson = read2.value.option("two-person");
  if (twoPerson !== void 0 && !/^(thaw|widen|thaw,widen|widen,thaw)$/.test(twoPerson))
    return usageError(io, "dev", [`--two-person: thaw, widen or thaw,widen, not ${JSON.stringify(twoPerson)}`]);
  const stopped = stopSignal();
  const started = await startLocalBroker({
    dir: resolve4(io.cwd, read2.value.operands[0] ?? "."),
    readPolicy: compileFolder,
    port: port.value,
    secrets: secrets.value.secrets,
    tell: io.stderr,
    ...twoPerson === void 0 ? {} : { twoPerson },
    ...stateDir === void 0 ? {} : { stateDir: resolve4(io.cwd, stateDir) }
  });
  if (started.ok) return serve(started.value, stopped, io);
  io.stderr(`${started.error.message}
`);
  return started.error.because === "policy" ? EXIT.findings : EXIT.couldNotRun;
}
async function serve(broker, stopped, io) {
  io.stdout(`${JSON.stringify(broker.ready)}
`);
  const died = await Promise.race([stopped.then(() => void 0), broker.ended]);
  await broker.stop();
  if (died === void 0) return EXIT.success;
  io.stderr(`jobpass dev: workerd ended by itself (${died})
`);
  return EXIT.couldNotRun;
}
function stopSignal() {
  return new Promise((settle2) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => settle2());
    if (process.env.npm_lifecycle_event !== void 0) whenParentIsGone(settle2);
  });
}
function whenParentIsGone(settle2) {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    settle2();
  }, lookForParentEveryMs);
  look.unref();
}
function portOf(text4) {
  const port = /^[0-9]{1,5}$/.test(text4) ? Number(text4) : Number.NaN;
  return port <= 65534 ? ok(port) : err(`--port: a number from 1 to 65534, or 0 for free ones, not ${JSON.stringify(text4)}`);
}
async function secretsOf(option, cwd) {
  const file = resolve4(cwd, option ?? DEFAULT_SECRETS_FILE);
  if (option === void 0 && !existsSync2(file)) return ok({ secrets: {}, ignored: [] });
  try {
    return ok(readSecrets(await readFile3(file, "utf8")));
  } catch (error2) {
    return err(`--secrets: ${reason(error2)}`);
  }
}

// cli/commands/exchange.ts
import { readFile as readFile4 } from "node:fs/promises";
import { resolve as resolve5 } from "node:path";

// shared/wire.ts
var TOKEN_EXCHANGE_GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
var ID_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:id_token";
var TOKEN_PARAMETERS = {
  grantType: "grant_type",
  subjectToken: "subject_token",
  subjectTokenType: "subject_token_type",
  audience: "audience",
  authorizationDetails: "authorization_details",
  ttl: "ttl",
  publicKey: "public_key",
  requestedTokenType: "requested_token_type",
  reason: "reason"
};
var word2 = string2().regex(/^[\x21-\x7e]{1,256}$/);
var tokenResponse = looseObject({
  /** Always one string: a compound credential is its JSON. Secret. */
  access_token: string2().min(1),
  issued_token_type: string2().startsWith("urn:"),
  token_type: string2().min(1),
  /** Whole seconds; an asked `ttl` that was clamped shows here. */
  expires_in: int().positive(),
  /** What was granted, after narrowing. */
  authorization_details: array(looseObject({ type: string2() })).length(1),
  kind: word2,
  lease_id: word2,
  policy: word2,
  /** `grant/0` */
  rule: word2
});
var wireReason = looseObject({
  rule: string2(),
  attribute: string2(),
  seen: string2().nullable(),
  hint: string2().optional(),
  expected: array(string2()).optional()
});
var errorBody = looseObject({
  error: string2(),
  error_description: string2().optional(),
  code: string2().optional(),
  decision_id: string2().optional(),
  reasons: array(wireReason).optional(),
  hint: string2().optional()
});

// cli/commands/exchange.ts
var exchangeHelp = `jobpass exchange --broker URL --grant NAME [options]

Exchanges the ID token of this job for a credential and prints the token response (RFC 8693).

  --broker URL        origin of the broker
  --grant NAME        the grant to ask for
  --scope JSON        less than the grant gives: an object such as {"permissions":{"contents":"read"}}
  --ttl TIME          a shorter lifetime: 90s, 10m, 1h, or whole seconds
  --public-key FILE   the holder's public key, for certificate kinds
  --reason TEXT       recorded in the ledger
  --audience AUD      the aud of the ID token (default: the broker's origin)
  --format json|token the whole answer, or access_token alone (default: json)

The ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN.
Exit: 0 issued · 2 could not run, or the broker could not serve now · 4 refused.
`;
var SPEC5 = {
  operands: [],
  options: {
    broker: "required",
    grant: "required",
    scope: "value",
    ttl: "value",
    "public-key": "value",
    reason: "value",
    audience: "value",
    format: "value"
  }
};
async function exchangeCommand(args, io) {
  const read2 = readOptions(args, SPEC5);
  if (!read2.ok) return usageError(io, "exchange", read2.error);
  const format = read2.value.option("format") ?? "json";
  const origin = brokerOrigin(read2.value.option("broker") ?? "");
  const form = await tokenForm(read2.value, io.cwd);
  const problems = [
    ...origin.ok ? [] : [origin.error],
    ...form.ok ? [] : form.error,
    ...format === "json" || format === "token" ? [] : [`--format: json or token, not ${JSON.stringify(format)}`]
  ];
  if (!origin.ok || !form.ok || problems.length > 0) return usageError(io, "exchange", problems);
  const idToken2 = await runnerIdTokens(process.env)(read2.value.option("audience") ?? origin.value);
  if (!idToken2.ok) return failed(io, idToken2.error);
  form.value.set(TOKEN_PARAMETERS.subjectToken, idToken2.value);
  const answer2 = await callBroker(origin.value, "/token", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: form.value.toString()
  });
  return answer2.ok ? tell(answer2.value, format, io) : failed(io, answer2.error);
}
async function tokenForm(args, cwd) {
  const form = new URLSearchParams({
    [TOKEN_PARAMETERS.grantType]: TOKEN_EXCHANGE_GRANT_TYPE,
    [TOKEN_PARAMETERS.subjectTokenType]: ID_TOKEN_TYPE,
    [TOKEN_PARAMETERS.audience]: args.option("grant") ?? ""
  });
  const problems = [];
  const put = (name, value) => {
    if (value === void 0) return;
    if (value.ok) form.set(name, value.value);
    else problems.push(value.error);
  };
  const [scope3, ttl, keyFile, why] = ["scope", "ttl", "public-key", "reason"].map(args.option);
  put(TOKEN_PARAMETERS.authorizationDetails, scope3 === void 0 ? void 0 : details(scope3));
  put(TOKEN_PARAMETERS.ttl, ttl === void 0 ? void 0 : seconds(ttl));
  put(TOKEN_PARAMETERS.publicKey, keyFile === void 0 ? void 0 : await publicKey(resolve5(cwd, keyFile)));
  put(TOKEN_PARAMETERS.reason, why === void 0 ? void 0 : ok(why));
  return problems.length > 0 ? err(problems) : ok(form);
}
function details(scope3) {
  try {
    const value = JSON.parse(scope3);
    if (isJsonObject(value)) return ok(JSON.stringify([value]));
  } catch {
  }
  return err('--scope: a JSON object such as {"permissions":{"contents":"read"}}');
}
function seconds(ttl) {
  const value = /^[1-9][0-9]{0,8}$/.test(ttl) ? Number(ttl) : parseDuration(ttl);
  return value === void 0 ? err("--ttl: 90s, 10m, 1h, or whole seconds") : ok(String(value));
}
async function publicKey(path) {
  try {
    return ok((await readFile4(path, "utf8")).trim());
  } catch (error2) {
    return err(`--public-key: ${reason(error2)}`);
  }
}
function tell(answer2, format, io) {
  const body = jsonOf2(answer2);
  const issued = answer2.status === 200 ? tokenResponse.safeParse(body) : void 0;
  if (issued?.success === true) {
    io.stdout(format === "token" ? `${issued.data.access_token}
` : `${JSON.stringify(body)}
`);
    return EXIT.success;
  }
  const refusal = errorBody.safeParse(body);
  if (!refusal.success || answer2.status < 400) return failed(io, `the broker answers ${answer2.status} and nothing that can be read`);
  io.stderr(refusalText(refusal.data, answer2.retryAfter));
  return answer2.status >= 500 ? EXIT.couldNotRun : EXIT.refused;
}
function refusalText(refusal, retryAfter) {
  const lines = [
    `refused: ${refusal.code ?? refusal.error}${refusal.error_description === void 0 ? "" : `: ${refusal.error_description}`}`
  ];
  for (const { rule: rule2, attribute: attribute2, seen, hint, expected } of refusal.reasons ?? []) {
    const wanted = expected === void 0 ? "" : `; the rule wants ${expected.join(" or ")}`;
    lines.push(
      `  ${rule2}: ${attribute2} is ${seen === null ? "missing" : JSON.stringify(seen)}${wanted}${hint === void 0 ? "" : ` (${hint})`}`
    );
  }
  if (refusal.hint !== void 0) lines.push(`  hint: ${refusal.hint}`);
  if (retryAfter !== null) lines.push(`  try again in ${retryAfter} s`);
  if (refusal.decision_id !== void 0) lines.push(`  decision ${refusal.decision_id}`);
  return `${lines.map(printable).join("\n")}
`;
}
function failed(io, sentence2) {
  io.stderr(`jobpass exchange: ${sentence2}
`);
  return EXIT.couldNotRun;
}

// cli/commands/explain.ts
import { readFile as readFile5 } from "node:fs/promises";
import { resolve as resolve6 } from "node:path";

// shared/policy/explain-text.ts
function explanationText(explanation) {
  return `${[...headline(explanation), ...notes(explanation), ...rules(explanation), ...guardrails(explanation)].join("\n")}
`;
}
function headline({ outcome, grant: grant3, rule: rule2, workload: workload3, kind, scope: scope3, ttl, code: code2, cause, reasons, hint }) {
  if (outcome === "allow") {
    return [`allow   ${grant3} by rule ${rule2} for workload ${workload3}`, `        ${kind}, ${formatDuration(ttl ?? 0)}: ${scope3}`];
  }
  const suggestion2 = hint === void 0 ? [] : [`        did you mean ${JSON.stringify(hint)}? This caller could have it`];
  return [
    `refuse  ${JSON.stringify(grant3)}: ${code2}${cause === void 0 ? "" : `, ${cause}`}`,
    ...reasons.map((reason2) => `        ${describeReason(reason2)}`),
    ...suggestion2
  ];
}
function notes({ notes: given }) {
  return given.map(({ about, policyName, tokenName }) => {
    const what = about === "owner_renamed" ? "the owner was renamed" : "the repository was renamed";
    return `note    ${what}: ${JSON.stringify(policyName)} in the policy, ${JSON.stringify(tokenName)} in the token`;
  });
}
function rules({ considered }) {
  return considered.flatMap((rule2) => [`rule    ${rule2.rule} for ${rule2.workload}: ${OUTCOME_WORDS[rule2.outcome]}`, ...failureLines(rule2)]);
}
var OUTCOME_WORDS = {
  matches: "matches",
  suspended: "its workload is suspended",
  other_workload: "the caller is not its workload",
  conditions_fail: "its conditions do not hold"
};
function failureLines({ failures }) {
  return failures.map(({ attribute: attribute2, seen, expected, hint }) => {
    const wanted = expected.length === 0 ? "" : `, expected ${expected.join(" or ")}`;
    return `        ${attribute2} is ${seen === null ? "absent" : JSON.stringify(seen)}${wanted}${hint === void 0 ? "" : ` (${hint})`}`;
  });
}
function guardrails({ guardrails: asked5 }) {
  return asked5.map(({ guardrail: guardrail2, forbids: forbids2, why }) => `guard   ${guardrail2}: ${forbids2 ? `forbids it: ${why}` : "has nothing against it"}`);
}
function explanationJson({ notes: given, ...explanation }) {
  const wireNotes = given.map(({ about, policyName, tokenName }) => ({ about, policy_name: policyName, token_name: tokenName }));
  return `${JSON.stringify({ ...explanation, notes: wireNotes }, null, 2)}
`;
}

// cli/commands/explain.ts
var explainHelp = `jobpass explain DIR --grant NAME --claims FILE [--format text|json]

Says whether the policy in DIR gives the grant NAME to a job with these claims, and what every rule made of it.

  --grant NAME    the grant to ask for
  --claims FILE   the payload of an ID token, as JSON; its iss picks the issuer, its times, aud and jti are not judged
  --format json   the same for programs

Exit: 0 allow · 4 refuse · 2 could not run (the policy has errors, FILE cannot be read).
`;
var SPEC6 = { operands: ["DIR"], options: { grant: "required", claims: "required", format: "value" } };
var NOT_JUDGED = ["exp", "nbf", "iat", "aud", "jti"];
async function explainCommand(args, io) {
  const read2 = readOptions(args, SPEC6);
  if (!read2.ok) return usageError(io, "explain", read2.error);
  const format = read2.value.option("format") ?? "text";
  if (format !== "text" && format !== "json") return usageError(io, "explain", [`--format: text or json, not ${JSON.stringify(format)}`]);
  const policy = await loadedPolicy(read2.value.operands[0] ?? ".", io);
  if (policy === void 0) return EXIT.couldNotRun;
  const claims = await readClaims2(resolve6(io.cwd, read2.value.option("claims") ?? ""));
  if (!claims.ok) {
    io.stderr(`jobpass explain: ${claims.error}
`);
    return EXIT.couldNotRun;
  }
  const explanation = explainClaims(policy, claims.value, read2.value.option("grant") ?? "");
  io.stdout(format === "json" ? explanationJson(explanation) : explanationText(explanation));
  return explanation.outcome === "allow" ? EXIT.success : EXIT.refused;
}
async function loadedPolicy(dir, io) {
  const folder = await readLoadedFolder(dir, io.cwd);
  if (folder.ok && folder.value.loaded !== void 0) return folder.value.loaded.policy;
  io.stderr(folder.ok ? folder.value.findings.map(textLine).join("") : `jobpass explain: ${folder.error}
`);
  return void 0;
}
async function readClaims2(path) {
  try {
    const value = JSON.parse(await readFile5(path, "utf8"));
    return ok(value);
  } catch (thrown) {
    return err(`--claims: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
function explainClaims(policy, payload, grant3) {
  const refuse = (code2, claim2, hint) => ({
    outcome: "refuse",
    grant: grant3,
    policy: policy.digest,
    code: code2,
    reasons: [{ rule: "token", attribute: claim2, seen: isJsonObject(payload) ? seenText(payload, claim2) : null, hint }],
    notes: [],
    considered: [],
    guardrails: []
  });
  if (!isJsonObject(payload)) return refuse("claim_malformed", "payload", "expected a JSON object");
  const issuer3 = policy.issuers.get(textClaim(payload.iss) ?? "");
  if (issuer3 === void 0) return refuse("issuer_untrusted", "iss", "no issuer of the policy has this url");
  const judged = Object.fromEntries(Object.entries(payload).filter(([name]) => !NOT_JUDGED.includes(name)));
  const facts = issuer3.platform.readFacts(issuer3.url, judged);
  if (!facts.ok) return refuse(facts.error.code, facts.error.claim, `expected ${facts.error.expected}`);
  return explainDecision(policy, { issuer: issuer3, owner: facts.value.owner, attributes: facts.value.attributes }, grant3);
}
function seenText(payload, claim2) {
  const value = Object.hasOwn(payload, claim2) ? payload[claim2] : void 0;
  if (value === void 0) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

// cli/freezing.ts
import { setTimeout as sleep2 } from "node:timers/promises";
var DEFAULT_PAUSE_MS = 2e3;
var LONGEST_PAUSE_MS = 1e4;
var recordedProblem = looseObject({ recorded: literal(true) });
async function changeFreeze(caller, change2) {
  const end = Date.now() + change2.waitMs;
  let isRecorded = false;
  for (; ; ) {
    const answered = await askOnce(caller, change2);
    isRecorded ||= answered.isRecorded;
    if (answered.isDone || answered.isGone && isRecorded) return { outcome: "everywhere" };
    if (answered.proposal !== void 0) return { outcome: "proposed", proposal: answered.proposal };
    if (answered.isFinal) return { outcome: "not_done", lines: answered.lines };
    if (Date.now() >= end) return isRecorded ? { outcome: "not_everywhere" } : { outcome: "not_done", lines: answered.lines };
    change2.onWait(answered.lines[0] ?? "");
    await sleep2(Math.min(answered.pauseMs, Math.max(0, end - Date.now())));
  }
}
async function askOnce(caller, { method, target, reason: reason2 }) {
  const body = JSON.stringify({ ...target, ...reason2 === void 0 ? {} : { reason: reason2 } });
  const answer2 = await callAs(caller, "/freezes", { method, headers: { "content-type": "application/json" }, body });
  const status = answer2.ok ? answer2.value.status : 0;
  return {
    isDone: status === 200,
    isGone: status === 404,
    /** The broker said no: asking again changes nothing. */
    isFinal: status >= 400 && status < 500,
    proposal: answer2.ok && status === 202 ? proposalSchema.safeParse(jsonOf2(answer2.value)).data : void 0,
    isRecorded: answer2.ok && recordedProblem.safeParse(jsonOf2(answer2.value)).success,
    lines: answer2.ok ? notDone(answer2.value).lines : [answer2.error],
    pauseMs: answer2.ok ? pauseOf(answer2.value) : DEFAULT_PAUSE_MS
  };
}
function pauseOf({ retryAfter }) {
  const seconds2 = Number(retryAfter ?? "");
  return Number.isFinite(seconds2) && seconds2 > 0 ? Math.min(seconds2 * 1e3, LONGEST_PAUSE_MS) : DEFAULT_PAUSE_MS;
}

// shared/policy/plan-difference.ts
var MAX_DIFFERENCES = 20;
function findDifferences(gainer, other) {
  const known = { rules: keysOf(other.rules), guards: keysOf(other.guards), own: keysOf(gainer.guards) };
  const newlyFree = other.guards.filter(({ key }) => !known.own.has(key));
  const found2 = [];
  const told = [];
  for (const area of gainer.rules) {
    if (known.rules.has(area.key) && newlyFree.length === 0) continue;
    if (found2.length >= MAX_DIFFERENCES) return { found: found2, isCut: true };
    const ofRule = differencesOf(area, { gainer, other, newlyFree, told });
    if (ofRule === "undecided") return "undecided";
    found2.push(...ofRule);
    if (ofRule.length > 0) told.push(area);
  }
  return { found: found2, isCut: false };
}
function keysOf(areas) {
  return new Set(areas.map(({ key }) => key));
}
function differencesOf(area, against) {
  const found2 = [];
  const known = { ...EVERYWHERE, usual: usualTexts(area) };
  for (const events of eventSorts(area)) {
    const region = within(known, [...area.tests, ...events]);
    const run3 = findRun(region, area, against);
    if (run3 === "undecided") return "undecided";
    if (run3 !== "none") found2.push({ area, run: run3 });
  }
  return found2;
}
function findRun(region, area, { gainer, other, newlyFree, told }) {
  const ofIssuer = (areas) => areas.filter(({ issuer: issuer3 }) => issuer3.url === area.issuer.url);
  const closed2 = [...gainer.guards, ...ofIssuer(told)];
  const inNoRule = nicest(region, [...closed2, ...ofIssuer(other.rules)], area);
  if (inNoRule !== "none") return inNoRule;
  for (const guard of newlyFree) {
    const stopped = nicest(within(region, guard.tests), closed2, area);
    if (stopped !== "none") return stopped;
  }
  return "none";
}
function nicest(region, areas, area) {
  const first = findOutside(region, areas, area.model);
  if (typeof first === "string") return first;
  let best = first;
  const prefer = (choices) => {
    for (const tests of choices) {
      const better = findOutside(within(best.region, tests), areas, area.model);
      if (typeof better === "string") continue;
      best = better;
      return;
    }
  };
  if (!hasKnownName(best.run, area)) prefer(knownNames(area));
  if (!hasKnownOwner(best.run, area)) prefer(knownOwners(area));
  return best.run;
}
function usualTexts({ rule: rule2, issuer: issuer3 }) {
  const stated2 = rule2.workload.is.find(({ attribute: attribute2 }) => attribute2 === "repository")?.patterns ?? [];
  const names = stated2.filter(({ automaton }) => automaton === void 0).map(({ text: text4 }) => text4);
  return /* @__PURE__ */ new Map([["repository", [...names, ...issuer3.owners.slice(0, 1).map(({ name }) => `${name}/app`)]]]);
}
function hasKnownName(run3, { rule: rule2 }) {
  return rule2.workload.is.every((condition) => condition.attribute !== "repository" || conditionHolds(condition, run3));
}
function knownNames({ rule: rule2 }) {
  const names = rule2.workload.is.filter(({ attribute: attribute2 }) => attribute2 === "repository").flatMap(({ patterns }) => patterns);
  return [
    [
      testOf(
        "repository",
        names.map(({ text: text4 }) => text4),
        true
      )
    ]
  ];
}
function hasKnownOwner(run3, { issuer: issuer3 }) {
  const [id4, owner3 = ""] = [run3.get("repository_owner_id"), run3.get("repository_owner")];
  return issuer3.owners.some((fenced) => fenced.id === id4 && sameText(fenced.name, owner3, true));
}
function knownOwners({ issuer: issuer3 }) {
  const owners = issuer3.owners.slice(0, MAX_PREFERRED_OWNERS);
  return owners.map(({ name, id: id4 }) => [testOf("repository", [`${name}/*`], true), testOf("repository_owner_id", [id4])]);
}
var MAX_PREFERRED_OWNERS = 8;
function testOf(attribute2, texts, foldCase = false) {
  const set = textSet(texts.map((text4) => compilePattern(text4, { foldCase })));
  return { attribute: attribute2, set, key: `${attribute2}=${set.key}` };
}
function eventSorts({ tests, issuer: issuer3 }) {
  const named2 = tests.filter(({ attribute: attribute2 }) => attribute2 === "event_name").flatMap(({ set }) => set.texts);
  const everyday = issuer3.platform.ruleDefaults.get("event_name") ?? [];
  const usual = named2.filter((event) => everyday.includes(event));
  const others = [...new Set(named2.filter((event) => !everyday.includes(event)))];
  const sorts = [...usual.length > 0 ? [usual] : [], ...others.map((event) => [event])];
  return sorts.length < 2 ? [[]] : sorts.map((events) => [testOf("event_name", events)]);
}

// shared/policy/plan-terms.ts
function termsCompared() {
  const connections = /* @__PURE__ */ new Map();
  return (before, after) => {
    if (before === void 0 || after === void 0) {
      const only = after ?? before;
      return { scope: "same", ttl: "same", words: [], gives: only === void 0 ? "" : givesText(only) };
    }
    const pair = `${before.connection.name} ${after.connection.name}`;
    const connection7 = connections.get(pair) ?? compareConnections(before.connection, after.connection);
    connections.set(pair, connection7);
    return compareGrants(before, after, connection7);
  };
}
function compareGrants(before, after, connection7) {
  const scope3 = connection7 === "other" ? "other" : after.connection.kind.compare(before.scope, after.scope);
  const ttl = before.ttl === after.ttl ? "same" : after.ttl > before.ttl ? "longer" : "shorter";
  const words = [...connectionWords(before, after, connection7), ...scopeWords(before, after, scope3), ...ttlWords(before, after)];
  return { scope: scope3, ttl, words: [...words, ...limitWords(before.limits, after.limits)], gives: "" };
}
function givesText({ connection: connection7, scope: scope3, ttl }) {
  return `${connection7.kind.name} by ${connection7.name}, ${formatDuration(ttl)}: ${connection7.kind.summary(scope3)}`;
}
function compareConnections(before, after) {
  const isSameUpstream = before.kind.name === after.kind.name && reach(before) === reach(after);
  if (!isSameUpstream) return "other";
  if (before.name !== after.name) return after.kind.minted === "broker" ? "other" : "renamed";
  return canonicalJson(before.settings) === canonicalJson(after.settings) ? "same" : "renamed";
}
function reach({ settings: settings2 }) {
  if (!isJsonObject(settings2)) return canonicalJson(settings2);
  return canonicalJson(
    Object.fromEntries(Object.entries(settings2).filter(([, value]) => !isJsonObject(value) || value.secret === void 0))
  );
}
function connectionWords(before, after, comparison) {
  if (comparison === "same") return [];
  const [from, to] = [before.connection, after.connection].map(
    ({ name, kind, settings: settings2 }) => `${name} (${kind.name}) ${canonicalJson(settings2)}`
  );
  return [{ about: "connection", sense: "other", from: from ?? "", to: to ?? "" }];
}
function scopeWords(before, after, scope3) {
  const [from, to] = [before, after].map(({ connection: connection7, scope: own2 }) => connection7.kind.summary(own2));
  return scope3 === "same" || scope3 === "other" && from === to ? [] : [{ about: "scope", sense: scope3, from: from ?? "", to: to ?? "" }];
}
function ttlWords(before, after) {
  if (before.ttl === after.ttl) return [];
  const sense = after.ttl > before.ttl ? "wider" : "narrower";
  return [{ about: "ttl", sense, from: formatDuration(before.ttl), to: formatDuration(after.ttl) }];
}
function limitWords(before, after) {
  const counts = (limits2) => [limits2.perJob, limits2.perHour].map((count2) => count2 ?? Number.POSITIVE_INFINITY);
  const pairs = counts(before).map((count2, index) => [count2, counts(after)[index] ?? Number.POSITIVE_INFINITY]);
  const [isMore, isLess] = [pairs.some(([old, next]) => next > old), pairs.some(([old, next]) => next < old)];
  if (!isMore && !isLess) return [];
  return [
    { about: "limits", sense: isMore && isLess ? "other" : isMore ? "wider" : "narrower", from: limitText(before), to: limitText(after) }
  ];
}
function limitText({ perJob, perHour }) {
  const parts = [...perJob === void 0 ? [] : [`${perJob} a job`], ...perHour === void 0 ? [] : [`${perHour} an hour`]];
  return parts.length === 0 ? "none" : parts.join(", ");
}

// shared/policy/plan-witness.ts
function proved({ area, run: run3 }, { grant: grant3, allows, refuses }) {
  const payload = area.model.payload(area.issuer.url, run3);
  const decision = decisionOn(payload, grant3, allows);
  const refusal = decisionOn(payload, grant3, refuses);
  if (typeof decision === "string" || decision.outcome !== "allow" || typeof refusal !== "string" && refusal.outcome !== "refuse") {
    throw new Error(`a witness of grant ${grant3} does not hold: ${canonicalJson(payload)}`);
  }
  const everyday = area.issuer.platform.ruleDefaults.get("event_name") ?? [];
  return {
    payload,
    ...ruleOf2(decision),
    isUnusualEvent: !everyday.includes(run3.get("event_name") ?? ""),
    because: typeof refusal === "string" ? refusal : refusalText2(refusal, grant3)
  };
}
function ruleOf2({ rule: rule2, notes: notes3 }) {
  return { rule: rule2.name, workload: rule2.workload.name, notes: notes3 };
}
function decisionOn(payload, grant3, policy) {
  const issuer3 = policy.issuers.get(String(payload.iss));
  if (issuer3 === void 0) return "its issuer is not trusted";
  const facts = issuer3.platform.readFacts(issuer3.url, payload);
  if (!facts.ok) throw new Error(`a witness of grant ${grant3} is no token: ${facts.error.claim}, expected ${facts.error.expected}`);
  const { owner: owner3, attributes: attributes2 } = facts.value;
  if (checkFence(issuer3, owner3) === "outside") return "its owner is outside the fence";
  return decide(policy, { issuer: issuer3, owner: owner3, attributes: attributes2 }, grant3);
}
function refusalText2({ cause, reasons }, grant3) {
  if (cause === "unknown_grant") return `there is no grant ${grant3}`;
  const byRule = /* @__PURE__ */ new Map();
  for (const reason2 of reasons) byRule.set(reason2.rule, [...byRule.get(reason2.rule) ?? [], reason2]);
  const nearest = [...byRule.values()].sort((a, b) => a.length - b.length)[0];
  if (nearest === void 0) return "no rule is for it";
  const start = cause === "guardrail" ? "guardrail " : "";
  return `${start}${nearest.map(describeReason).join("; ")}`;
}

// shared/policy/plan.ts
function planPolicies(base, head, isUnchanged = () => false) {
  const reading = startReading();
  const terms = termsCompared();
  const sides = {
    base: { policy: base, accessOf: accessOf(base, reading) },
    head: { policy: head, accessOf: accessOf(head, reading) }
  };
  const grants = [];
  for (const name of [.../* @__PURE__ */ new Set([...base.grantNames, ...head.grantNames])].sort()) {
    if (isUnchanged(name)) continue;
    const change2 = planGrant(name, sides, terms);
    if (change2 === "undecided") return err({ grant: name });
    if (change2 !== void 0) grants.push(change2);
  }
  return ok({ base: base.digest, head: head.digest, grants, issuers: issuerChanges(base, head) });
}
function planGrant(name, { base, head }, compareTerms) {
  const [before, after] = [base.policy.grant(name), head.policy.grant(name)];
  const [old, next] = [accessUnder(base, before), accessUnder(head, after)];
  const isSame = before !== void 0 && after !== void 0 && old.key === next.key;
  const gained = isSame ? NOTHING2 : findDifferences(next, old);
  const lost2 = isSame ? NOTHING2 : findDifferences(old, next);
  if (gained === "undecided" || lost2 === "undecided") return "undecided";
  const terms = compareTerms(asLivedUnder(base.policy, before), asLivedUnder(head.policy, after));
  const differences2 = {
    newly: gained.found.map((one) => proved(one, { grant: name, allows: head.policy, refuses: base.policy })),
    noLonger: lost2.found.map((one) => proved(one, { grant: name, allows: base.policy, refuses: head.policy })),
    isCut: gained.isCut || lost2.isCut
  };
  const change2 = before === void 0 ? "added" : after === void 0 ? "removed" : "changed";
  const hasChanged = change2 !== "changed" || gained.found.length + lost2.found.length > 0 || terms.words.length > 0;
  return hasChanged ? { grant: name, change: change2, ...differences2, scope: terms.scope, ttl: terms.ttl, terms } : void 0;
}
function asLivedUnder({ settings: settings2 }, grant3) {
  return grant3 === void 0 ? void 0 : { ...grant3, ttl: lifetimeOf(grant3, settings2) };
}
var NOTHING2 = { found: [], isCut: false };
function accessUnder({ accessOf: read2 }, grant3) {
  return grant3 === void 0 ? NO_ACCESS : read2(grant3);
}
function widens({ newly, scope: scope3, ttl }) {
  return newly.length > 0 || scope3 === "wider" || scope3 === "other" || ttl === "longer";
}
function narrows({ change: change2, noLonger, scope: scope3, ttl }) {
  return change2 === "removed" || noLonger.length > 0 || scope3 === "narrower" || ttl === "shorter";
}
function issuerChanges(base, head) {
  const changes = [];
  for (const [url, issuer3] of head.issuers) {
    const before = base.issuers.get(url);
    if (before === void 0) continue;
    const say2 = (change2, isWider) => void changes.push({ issuer: url, change: change2, widens: isWider });
    if (keysText(issuer3.jwks) !== keysText(before.jwks))
      say2(`its keys are now ${keysFrom(issuer3.jwks)}, before ${keysFrom(before.jwks)}`, true);
    if (issuer3.audience !== before.audience) say2(`its tokens must be made for ${audience(issuer3)}, before for ${audience(before)}`, true);
  }
  const [old, next] = [base.settings.tokenMaxAge, head.settings.tokenMaxAge];
  if (old !== next) changes.push({ issuer: "*", change: `a token may be ${next} s old, before ${old} s`, widens: next > old });
  return changes;
}
function keysText(jwks) {
  return jwks === void 0 ? "" : canonicalJson(jwks);
}
function keysFrom(jwks) {
  return jwks === void 0 ? "those it publishes" : "written in the policy";
}
function audience({ audience: own2 }) {
  return own2 === void 0 ? "the broker's origin" : JSON.stringify(own2);
}

// shared/policy/plan-words.ts
function countsOf({ grants }) {
  const count2 = (test) => grants.filter(test).length;
  return {
    added: count2(({ change: change2 }) => change2 === "added"),
    removed: count2(({ change: change2 }) => change2 === "removed"),
    widened: count2((change2) => widens(change2)),
    narrowed: count2((change2) => narrows(change2)),
    otherwise: count2((change2) => !widens(change2) && !narrows(change2) && change2.change === "changed")
  };
}
function verdict(plan) {
  const { widened, narrowed, added, removed, otherwise } = countsOf(plan);
  const trust = plan.issuers.filter((change2) => change2.widens).length;
  if (plan.grants.length === 0 && plan.issuers.length === 0) return "No effective change: both policies allow the same";
  const parts = [
    ...trust > 0 ? ["changes whose tokens are believed"] : [],
    ...widened > 0 ? [`widens ${grantsText(widened)}`] : [],
    ...narrowed > 0 ? [`narrows ${grantsText(narrowed)}`] : [],
    ...otherwise > 0 ? [`changes ${grantsText(otherwise)} otherwise`] : []
  ];
  const counts = [...added > 0 ? [`${added} added`] : [], ...removed > 0 ? [`${removed} removed`] : []];
  const text4 = parts.length === 0 ? "adds or removes no access" : parts.join(", ");
  return `${text4.slice(0, 1).toUpperCase()}${text4.slice(1)}${counts.length > 0 ? ` (${counts.join(", ")})` : ""}`;
}
function grantsText(count2) {
  return count2 === 1 ? "1 grant" : `${count2} grants`;
}
function dangers({ grants, issuers }) {
  const trust = issuers.filter((change2) => change2.widens).map(issuerPhrase);
  const events = grants.flatMap(
    ({ grant: grant3, newly }) => newly.filter((witness) => witness.isUnusualEvent).map((witness) => [
      { value: grant3 },
      " can newly be had by ",
      ...whoPhrase(witness),
      ": an event that a rule must ask for by name, because others than its own people may cause it"
    ])
  );
  const scopes = grants.filter(({ scope: scope3 }) => scope3 === "wider" || scope3 === "other");
  return [
    ...trust,
    ...events,
    ...scopes.map(({ grant: grant3, scope: scope3 }) => [
      { value: grant3 },
      ` gives ${scope3 === "wider" ? "more" : "something else"} than before`
    ])
  ];
}
function issuerPhrase({ issuer: issuer3, change: change2 }) {
  return issuer3 === "*" ? [change2] : ["issuer ", { value: issuer3 }, `: ${change2}`];
}
function whoPhrase({ payload }) {
  const fact = (name) => typeof payload[name] === "string" ? payload[name] : "";
  const ref = fact("ref") === "" ? [" of a bare commit"] : [" on ", { value: fact("ref") }];
  const environment = fact("environment") === "" ? [] : [" in environment ", { value: fact("environment") }];
  const runner = fact("runner_environment") === "self-hosted" ? [" on a self-hosted runner"] : [];
  return [
    { value: fact("event_name") },
    ...ref,
    " in ",
    { value: fact("repository") },
    ` (id ${fact("repository_id")})`,
    ...environment,
    ...runner
  ];
}
function proofPhrase({ rule: rule2, workload: workload3, because, notes: notes3 }, other) {
  const renames = notes3.flatMap(({ about, policyName, tokenName }) => [
    `; ${about === "repository_renamed" ? "a pinned id follows the repository" : "the id of the owner stays"} when `,
    { value: policyName },
    " is renamed, here to ",
    { value: tokenName }
  ]);
  return ["rule ", { value: rule2 }, " for ", { value: workload3 }, `; refused ${other}: `, { value: because }, ...renames];
}
var TERM_NAMES = {
  connection: "connection",
  scope: "scope",
  ttl: "lifetime",
  limits: "limits"
};
var SENSES = {
  connection: { wider: "changed", narrower: "changed", other: "changed" },
  scope: { wider: "wider", narrower: "narrower", other: "another" },
  ttl: { wider: "longer", narrower: "shorter", other: "changed" },
  limits: { wider: "looser", narrower: "tighter", other: "changed" }
};
function termPhrase({ about, sense, from, to }) {
  return [`${TERM_NAMES[about]} ${SENSES[about][sense]}: `, { value: from }, " → ", { value: to }];
}
function givesPhrase({ change: change2, terms }) {
  return change2 === "changed" ? [] : [change2 === "added" ? "gives " : "gave ", { value: terms.gives }];
}
function inOrderOfDanger(grants) {
  const rank = (change2) => {
    if (change2.newly.some((witness) => witness.isUnusualEvent)) return 0;
    if (widens(change2)) return 1;
    return narrows(change2) ? 2 : 3;
  };
  return [...grants].sort((a, b) => rank(a) - rank(b) || (a.grant < b.grant ? -1 : 1));
}

// shared/policy/plan-text.ts
function planText(plan) {
  const danger = dangers(plan);
  const lines = [
    verdict(plan),
    `  ${plan.base} → ${plan.head}`,
    ...danger.length > 0 ? ["", ...danger.map((phrase) => `! ${line(phrase)}`)] : [],
    ...plan.issuers.filter((change2) => !change2.widens).flatMap((change2) => ["", `  ${line(issuerPhrase(change2))}`]),
    ...inOrderOfDanger(plan.grants).flatMap(grantLines)
  ];
  return `${lines.join("\n")}
`;
}
function grantLines(change2) {
  const gives = givesPhrase(change2);
  return [
    "",
    `${printable2(change2.grant)}: ${change2.change}${change2.change === "added" && change2.newly.length === 0 ? ", and nobody can get it" : ""}`,
    ...gives.length > 0 ? [`  ${line(gives)}`] : [],
    ...change2.newly.flatMap((witness) => witnessLines(witness, "+ newly", "before")),
    ...change2.noLonger.flatMap((witness) => witnessLines(witness, "- no longer", "now")),
    ...change2.isCut ? ["  … and more: the list is cut"] : [],
    ...change2.terms.words.map((term2) => `  ~ ${line(termPhrase(term2))}`)
  ];
}
function witnessLines(witness, mark, other) {
  return [`  ${mark}: ${line(whoPhrase(witness))}`, `      ${line(proofPhrase(witness, other))}`];
}
function line(phrases) {
  return phrases.map((phrase) => typeof phrase === "string" ? phrase : printable2(phrase.value)).join("");
}
function printable2(value) {
  return value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (unit) => `\\u{${unit.codePointAt(0)?.toString(16)}}`);
}

// cli/table.ts
function tableText(headings, rows) {
  const shown2 = [headings, ...rows.map((row) => row.map(cellText))];
  const widths = headings.map((_, column) => Math.max(...shown2.map((row) => width(row[column] ?? ""))));
  const lines = shown2.map((row) => row.map((cell2, column) => cell2 + " ".repeat((widths[column] ?? 0) - width(cell2))).join("  "));
  return lines.map((line4) => `${line4.trimEnd()}
`).join("");
}
function cellText(cell2) {
  return cell2 === "" ? "-" : printable2(cell2);
}
function width(text4) {
  return [...text4].length;
}

// cli/targets.ts
var FREEZE_TARGETS = ["workload", "grant", "connection", "issuer", "kind"];
var FREEZE_OPTIONS = {
  workload: "value",
  grant: "value",
  connection: "value",
  issuer: "value",
  kind: "value",
  all: "flag"
};
function freezeTargetOf({ option, flag: flag2 }) {
  const given = FREEZE_TARGETS.flatMap((target) => {
    const name = option(target);
    return name === void 0 ? [] : [{ target, name }];
  });
  const [only] = given;
  if (flag2("all")) return given.length === 0 ? ok({ target: "all" }) : err("--all, or one name, not both");
  return only !== void 0 && given.length === 1 ? ok(only) : err("one of --workload, --grant, --connection, --issuer, --kind, or --all");
}
function targetText(target) {
  return target.target === "all" ? "everything" : `${target.target} ${target.name}`;
}
var LEASE_NAMES = ["lease", "run", "workload", "grant", "connection", "kind", "issuer"];
var LEASE_OPTIONS = {
  lease: "value",
  run: "value",
  workload: "value",
  grant: "value",
  connection: "value",
  kind: "value",
  issuer: "value"
};
var LEASE_HELP = `  --lease ID         one lease
  --run ID           those of a run (GitHub: run_id)
  --workload NAME    --grant NAME  --connection NAME  --kind NAME  those of a name of the policy
  --issuer NAME      those of an issuer; one that has left the policy is named by its URL`;
function leaseNamesOf({ option }) {
  return Object.fromEntries(LEASE_NAMES.map((name) => [name, option(name)]).filter(([, value]) => value !== void 0));
}

// cli/commands/freeze.ts
var TARGET_HELP = `  --workload NAME    one of these names of the policy, or
  --grant NAME       --connection NAME  --issuer NAME  --kind NAME
  --all              everything`;
var WAIT_HELP = `  --wait TIME        how long to go on until every ledger has confirmed (default: 60s)
  --format text|json default: text`;
var freezeHelp = `jobpass freeze TARGET --reason TEXT --broker URL [options]

Stops new credentials, at once and on every ledger: callers get \`frozen\`. It ends none that is out; \`jobpass revoke\` does.

${TARGET_HELP}
  --reason TEXT      recorded, and shown by \`jobpass freezes\`
${CALLER_HELP}
${WAIT_HELP}

Runs as an operator: ${TOKEN_HELP}
Exit: 0 in force on every ledger · 1 recorded, but not every ledger has confirmed yet · 2 could not run, or the broker refused.
`;
var thawHelp = `jobpass thaw TARGET --broker URL [options]

Takes a freeze back. TARGET is written as for \`jobpass freeze\`, and must be one that is in force.

${TARGET_HELP}
${CALLER_HELP}
${WAIT_HELP}

Runs as an operator: ${TOKEN_HELP}
Exit: 0 gone from every ledger · 1 recorded, but not every ledger has confirmed yet · 2 could not run, or the broker refused
· 6 nothing is changed before a second person confirms.
`;
var freezesHelp = `jobpass freezes --broker URL [--audience AUD] [--format text|json]

Lists the freezes in force: what they stop, since when, by whom and why.

Runs as an operator: ${TOKEN_HELP}
Exit: 0 listed · 2 could not run, or the broker refused.
`;
var FREEZE = { command: "freeze", method: "PUT", done: "frozen" };
var THAW = { command: "thaw", method: "DELETE", done: "thawed" };
var COMMON = { ...FREEZE_OPTIONS, ...CALLER_OPTIONS, wait: "value", format: "value" };
async function freezeCommand(args, io) {
  return change(FREEZE, readOptions(args, { operands: [], options: { ...COMMON, reason: "required" } }), io);
}
async function thawCommand(args, io) {
  return change(THAW, readOptions(args, { operands: [], options: COMMON }), io);
}
async function change(what, read2, io) {
  if (!read2.ok) return usageError(io, what.command, read2.error);
  const target = freezeTargetOf(read2.value);
  const caller = callerOf(read2.value);
  const wait = parseDuration(read2.value.option("wait") ?? "60s");
  const format = formatOf(read2.value);
  const problems = [
    ...target.ok ? [] : [target.error],
    ...caller.ok ? [] : [caller.error],
    ...wait === void 0 ? ["--wait: a duration such as 60s or 5m"] : [],
    ...format === void 0 ? [FORMATS] : []
  ];
  if (!target.ok || !caller.ok || wait === void 0 || format === void 0) return usageError(io, what.command, problems);
  const reason2 = read2.value.option("reason");
  const asked5 = { method: what.method, target: target.value, waitMs: wait * 1e3, ...reason2 === void 0 ? {} : { reason: reason2 } };
  const changed = await changeFreeze(caller.value, {
    ...asked5,
    onWait: (why) => io.stderr(`jobpass ${what.command}: ${why}; asking again
`)
  });
  if (changed.outcome === "proposed") {
    io.stdout(
      format === "json" ? `${JSON.stringify({ proposed: changed.proposal })}
` : proposedText(changed.proposal, caller.value.broker)
    );
    return EXIT.proposed;
  }
  if (changed.outcome === "not_done") return cannot(io, what.command, changed.lines);
  const isEverywhere = changed.outcome === "everywhere";
  io.stdout(changedText(what, { target: target.value, isEverywhere, format }));
  return isEverywhere ? EXIT.success : EXIT.partly;
}
function changedText({ done }, { target, isEverywhere, format }) {
  if (format === "json") return `${JSON.stringify({ [done]: target, everywhere: isEverywhere })}
`;
  const reach3 = isEverywhere ? "on every ledger" : "but some ledgers have not confirmed: the broker goes on telling them; run this again to wait for them";
  return `${done}: ${targetText(target)}, ${reach3}
`;
}
var FORMATS = "--format: text or json";
function formatOf({ option }) {
  const format = option("format") ?? "text";
  return format === "text" || format === "json" ? format : void 0;
}
var freezesAnswer = looseObject({
  freezes: array(
    looseObject({ target: string2(), name: string2().optional(), reason: string2(), since: string2(), by: string2() })
  )
});
async function freezesCommand(args, io) {
  const read2 = readOptions(args, { operands: [], options: { ...CALLER_OPTIONS, format: "value" } });
  if (!read2.ok) return usageError(io, "freezes", read2.error);
  const caller = callerOf(read2.value);
  const format = formatOf(read2.value);
  if (!caller.ok || format === void 0)
    return usageError(io, "freezes", [...caller.ok ? [] : [caller.error], ...format === void 0 ? [FORMATS] : []]);
  return list2(caller.value, format, io);
}
async function list2(caller, format, io) {
  const answer2 = await askAs(caller, "/freezes");
  if (!answer2.ok) return cannot(io, "freezes", answer2.error.lines);
  const answered = freezesAnswer.safeParse(jsonOf2(answer2.value));
  if (!answered.success) return cannot(io, "freezes", ["the broker answers nothing that can be read"]);
  const { freezes } = answered.data;
  if (format === "json") io.stdout(`${JSON.stringify({ freezes })}
`);
  else if (freezes.length === 0) io.stdout("nothing is frozen\n");
  else
    io.stdout(
      tableText(
        ["FROZEN", "NAME", "SINCE", "BY", "REASON"],
        freezes.map(({ target, name, since, by, reason: reason2 }) => [target, name ?? "", since, by, reason2])
      )
    );
  return EXIT.success;
}
function cannot(io, command2, lines) {
  for (const line4 of lines) io.stderr(`jobpass ${command2}: ${line4}
`);
  return EXIT.couldNotRun;
}

// cli/commands/history.ts
var historyHelp = `jobpass history --broker URL [--format text|json] [--limit N] [--before N] [--audience AUD]

Lists the policies that were published, newest first: when, which, by whom, what it replaced, and why it was forced. The newest is
the active one. \`jobpass publish --rollback DIGEST\` goes back to one of them.

  --broker URL     origin of the broker
  --format json    {"publications":[{"number","policy","at","by","replaced"}],"next":…}
  --limit N        how many, at most 1000 (default 100)
  --before N       those before this number: \`next\` of the page before
  --audience AUD   the aud of the ID token (default: the broker's origin)

Runs as an auditor: the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN.
Exit: 0 listed · 2 could not run · 4 the broker refused.
`;
var SPEC7 = {
  operands: [],
  options: { broker: "required", format: "value", limit: "value", before: "value", audience: "value" }
};
var publication = looseObject({
  number: int(),
  policy: string2(),
  at: string2(),
  by: string2(),
  replaced: string2().nullable(),
  forced: string2().optional(),
  confirmed_by: string2().optional()
});
var history = looseObject({ publications: array(publication), next: int().nullable() });
async function historyCommand(args, io) {
  const read2 = readOptions(args, SPEC7);
  if (!read2.ok) return usageError(io, "history", read2.error);
  const { option } = read2.value;
  const format = option("format") ?? "text";
  if (format !== "text" && format !== "json") return usageError(io, "history", [`--format: text or json, not ${JSON.stringify(format)}`]);
  const parameters = new URLSearchParams();
  for (const name of ["limit", "before"]) if (option(name) !== void 0) parameters.set(name, option(name) ?? "");
  const caller = callerOf(read2.value);
  if (!caller.ok) return usageError(io, "history", [caller.error]);
  const answer2 = await askAs(caller.value, `/policy/history?${parameters}`);
  if (!answer2.ok) return tellNotDone("history", answer2.error, io);
  const listed2 = history.safeParse(jsonOf2(answer2.value));
  if (!listed2.success) return tellNotDone("history", { by: "nobody", lines: ["the broker does not answer with a history"] }, io);
  io.stdout(format === "json" ? `${JSON.stringify(listed2.data, null, 2)}
` : historyText(listed2.data));
  return EXIT.success;
}
function historyText({ publications, next }) {
  const lines = publications.map(({ at, policy, by, replaced: replaced2, forced, confirmed_by: second2 }) => {
    const notes3 = [
      replaced2 === null ? "the first" : `replaced ${replaced2}`,
      ...second2 === void 0 ? [] : [`confirmed by ${second2}`],
      ...forced === void 0 ? [] : [`forced: ${forced}`]
    ];
    return [`${at} ${policy} by ${by}`, ...notes3.map((note2) => `  ${note2}`)].map(printable).join("\n");
  });
  const more = next === null ? [] : [`… and older ones: --before ${next}`];
  return [...lines, ...more].map((line4) => `${line4}
`).join("");
}

// shared/report-words.ts
function findingsOf(inventory) {
  const { grants, workloads, connections, strays, days } = inventory;
  const unused = `not used in ${days} days`;
  return [
    ...grants.flatMap(({ grant: name, owner: owner3, review, review_overdue: isOverdue, unused: isUnused }) => [
      ...isOverdue ? [finding2("grant", name, { owner: owner3, finding: "its review is overdue", due: review ?? "" })] : [],
      ...isUnused === true ? [finding2("grant", name, { owner: owner3, finding: unused, due: "" })] : []
    ]),
    ...workloads.flatMap(({ workload: name, owner: owner3, unused: isUnused, suspended }) => [
      ...isUnused === true ? [finding2("workload", name, { owner: owner3, finding: unused, due: "" })] : [],
      ...suspended ? [finding2("workload", name, { owner: owner3, finding: "suspended", due: "" })] : []
    ]),
    ...connections.flatMap(connectionFindings),
    ...strays.map(
      ({ grant: grant3, workload: workload3, live }) => finding2("lease", `${grant3} for ${workload3}`, { owner: "", finding: `${live} live, under names the policy has no more`, due: "" })
    )
  ];
}
function connectionFindings({
  connection: name,
  owner: owner3,
  rotation_overdue: isOverdue,
  rotation_due: due,
  no_end: hasNoEnd
}) {
  return [
    ...isOverdue ? [finding2("connection", name, { owner: owner3, finding: "the rotation of its root secret is overdue", due: due ?? "" })] : [],
    ...hasNoEnd ? [finding2("connection", name, { owner: owner3, finding: "it rests on a stored secret that nothing says the end of", due: "" })] : []
  ];
}
function finding2(record2, name, rest) {
  return { record: record2, name, ...rest };
}
function suggestionsOf({ grants }) {
  return grants.flatMap(grantSuggestions);
}
function grantSuggestions({ grant: grant3, owner: owner3, right_size: size }) {
  if (size === null) return [];
  return [
    ...size.unused_rules.map((rule2) => ({ grant: grant3, owner: owner3, rule: rule2, about: "", from: "a rule nobody used", to: "remove it" })),
    ...size.conditions.map(({ rule: rule2, attribute: attribute2, from, to }) => ({
      grant: grant3,
      owner: owner3,
      rule: rule2,
      about: attribute2,
      from: from.length === 0 ? "not stated" : from.join(" or "),
      to: to.join(" or ")
    })),
    ...size.scope === null ? [] : [{ grant: grant3, owner: owner3, rule: "", about: "scope", from: size.scope.from, to: size.scope.to }]
  ];
}
function caveatsOf({ sampled, asks, unreachable, leases_cut: isCut, acts: acts2 }) {
  return [
    ...sampled ? [`The newest ${asks} recorded asks stand for more: uses are at least these, and nothing is called unused.`] : [],
    ...unreachable.length > 0 ? [`${unreachable.length} ledgers did not answer: what is live there is missing.`] : [],
    ...isCut ? ["There are more live leases than were counted."] : [],
    ...acts2.cut ? ["Authorities acted more often than was read: these are the newest acts."] : []
  ];
}

// shared/report-csv.ts
var COLUMNS = [
  "record",
  "name",
  "rule",
  "workload",
  "owner",
  "contact",
  "connection",
  "kind",
  "detail",
  "uses",
  "refusals",
  "live",
  "first_use",
  "last_use",
  "due",
  "by"
];
function reportCsv(inventory) {
  const rows = [...records(inventory), ...findings(inventory), ...happened(inventory)];
  const lines = [COLUMNS.join(","), ...rows.map((row) => COLUMNS.map((column) => cellText2(row[column])).join(","))];
  return `${lines.join("\r\n")}\r
`;
}
function records({ grants, workloads, connections, issuers, ...rest }) {
  const { policy, since, at, asks } = rest;
  return [
    { record: "report", name: policy, detail: `${asks} recorded asks`, first_use: since, last_use: at },
    ...caveatsOf({ grants, workloads, connections, issuers, ...rest }).map((caveat) => ({ record: "caveat", detail: caveat })),
    ...grants.flatMap(({ grant: grant3, rules: rules2, gives, purpose, review, ...more }) => [
      { ...more, record: "grant", name: grant3, detail: `${purpose}: ${gives}`, due: review },
      ...rules2.map(({ rule: rule2, workload: workload3, when, uses, first_use, last_use }) => ({
        record: "rule",
        name: grant3,
        rule: rule2,
        workload: workload3,
        detail: when,
        uses,
        first_use,
        last_use
      }))
    ]),
    ...workloads.map(({ workload: workload3, is, ...more }) => ({ ...more, record: "workload", name: workload3, workload: workload3, detail: is })),
    ...connections.map(({ connection: connection7, stored_secrets: secrets, rotation_due: due, ...more }) => ({
      ...more,
      record: "connection",
      name: connection7,
      connection: connection7,
      detail: secrets.join(" "),
      due
    })),
    ...issuers.map(({ issuer: issuer3, url, owners, ...more }) => ({
      ...more,
      record: "issuer",
      name: issuer3,
      detail: `${url}: ${owners.join(" ")}`
    }))
  ];
}
function findings(inventory) {
  return [
    ...findingsOf(inventory).map(({ record: record2, name, owner: owner3, finding: finding3, due }) => ({
      record: "finding",
      name,
      owner: owner3,
      kind: record2,
      detail: finding3,
      due
    })),
    ...suggestionsOf(inventory).map(({ grant: grant3, owner: owner3, rule: rule2, about, from, to }) => ({
      record: "suggestion",
      name: grant3,
      owner: owner3,
      rule: rule2,
      kind: about,
      detail: `${from} → ${to}`
    }))
  ];
}
function happened({ refusals, acts: acts2 }) {
  return [
    ...refusals.map(({ code: code2, grant: grant3, refusals: count2, last }) => ({
      record: "refusal",
      name: grant3,
      kind: code2,
      refusals: count2,
      last_use: last
    })),
    ...acts2.published.map(({ at, policy, replaces, by }) => ({
      record: "published",
      name: policy,
      detail: `instead of ${replaces}`,
      last_use: at,
      by
    })),
    ...acts2.freezes.map(({ at, type, target, name, by }) => ({ record: type, name, kind: target, last_use: at, by })),
    ...acts2.revocations.map(({ at, by, ended, failed: failed2, complete: complete2 }) => ({
      record: "revocation",
      detail: `${ended} ended, ${failed2} failed${complete2 ? "" : ", not complete"}`,
      last_use: at,
      by
    })),
    ...acts2.authorities.map(({ by, role, action, uses, first_use, last_use }) => ({
      record: "authority",
      kind: role,
      detail: action,
      uses,
      first_use,
      last_use,
      by
    }))
  ];
}
var FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
function cellText2(value) {
  if (value === void 0 || value === null) return "";
  if (typeof value === "number") return String(value);
  const text4 = printable2(value);
  const tame = FORMULA.test(text4) ? `'${text4}` : text4;
  return /[",\r\n;]/.test(tame) || tame !== tame.trim() ? `"${tame.replaceAll('"', '""')}"` : tame;
}

// shared/policy/plan-markdown.ts
var MAX_LENGTH = 6e4;
var MAX_DANGERS = 20;
function planMarkdown(plan) {
  const danger = dangers(plan);
  const shown2 = danger.slice(0, MAX_DANGERS).map((phrases) => `- ⚠️ ${line2(phrases)}`);
  const more = danger.length > MAX_DANGERS ? [`- ⚠️ and ${danger.length - MAX_DANGERS} more`] : [];
  const quiet = plan.issuers.filter((change2) => !change2.widens).map((change2) => `- ${line2(issuerPhrase(change2))}`);
  const start = [
    `### ${verdict(plan)}`,
    ...danger.length > 0 ? [[...shown2, ...more].join("\n")] : [],
    ...plan.grants.length > 0 ? [countsTable(countsOf(plan))] : [],
    ...quiet.length > 0 ? [quiet.join("\n")] : []
  ];
  const end = `<sub>${code(plan.base)} → ${code(plan.head)}</sub>`;
  return `${[...start, ...cut(inOrderOfDanger(plan.grants).map(grantBlock)), end].join("\n\n")}
`;
}
function countsTable({ added, removed, widened, narrowed, otherwise }) {
  return `| widened | narrowed | changed otherwise | added | removed |
|--:|--:|--:|--:|--:|
| ${[widened, narrowed, otherwise, added, removed].join(" | ")} |`;
}
function cut(blocks) {
  const kept5 = [];
  let length = 0;
  for (const block of blocks) {
    length += block.length;
    if (length > MAX_LENGTH) return [...kept5, `… and ${blocks.length - kept5.length} more grants: \`jobpass plan\` lists them all.`];
    kept5.push(block);
  }
  return kept5;
}
function grantBlock(change2) {
  const gives = givesPhrase(change2);
  const nobody = change2.change === "added" && change2.newly.length === 0 ? ["- nobody can get it"] : [];
  const list4 = [
    ...gives.length > 0 ? [`- ${line2(gives)}`] : [],
    ...nobody,
    ...change2.newly.map((witness) => `- ➕ newly ${line2(whoPhrase(witness))}: ${line2(proofPhrase(witness, "before"))}`),
    ...change2.noLonger.map((witness) => `- ➖ no longer ${line2(whoPhrase(witness))}: ${line2(proofPhrase(witness, "now"))}`),
    ...change2.isCut ? ["- … and more: the list is cut"] : [],
    ...change2.terms.words.map((term2) => `- ${line2(termPhrase(term2))}`)
  ];
  const tokens = [...change2.newly, ...change2.noLonger].map(tokenText).join("\n");
  const details2 = tokens === "" ? [] : [`<details><summary>Tokens that the two policies answer differently</summary>

${tokens}

</details>`];
  return [`#### ${code(change2.grant)} ${change2.change}`, list4.join("\n"), ...details2].join("\n\n");
}
function tokenText({ payload }) {
  return `<pre><code>${references2(printableJson(payload))}</code></pre>`;
}
function printableJson(payload) {
  return JSON.stringify(payload, null, 2).split("\n").map((text4) => printable2(text4)).join("\n");
}
function line2(phrases) {
  return phrases.map((phrase) => typeof phrase === "string" ? phrase : code(phrase.value)).join("");
}
function code(value) {
  return `<code>${references2(printable2(value))}</code>`;
}
function references2(text4) {
  return text4.replace(/[!-+:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

// shared/report-markdown.ts
function reportMarkdown(inventory) {
  const { policy, since, at, days, asks, grants, workloads } = inventory;
  const caveats = caveatsOf(inventory);
  const blocks = [
    `# Access review, ${since.slice(0, 10)} to ${at.slice(0, 10)}`,
    `${grants.length} grants, ${workloads.length} workloads, ${asks} recorded asks in ${days} days, under the policy ${code(policy)}.`,
    ...caveats.length > 0 ? [caveats.map((caveat) => `> ${caveat}`).join("\n>\n")] : [],
    ...toDecide(inventory),
    ...suggestions(inventory),
    "## Who could, and who did",
    ...grants.map(grantBlock2),
    ...happened2(inventory)
  ];
  return `${blocks.join("\n\n")}
`;
}
function table2(headings, rows) {
  const line4 = (cells) => `| ${cells.join(" | ")} |`;
  return [line4(headings), line4(headings.map(() => "---")), ...rows.map(line4)].join("\n");
}
function section(title, headings, rows) {
  return rows.length === 0 ? [] : [`## ${title}`, table2(headings, rows)];
}
function cell(value) {
  return value === null || value === "" ? "-" : code(value);
}
function toDecide(inventory) {
  const rows = findingsOf(inventory).map(
    ({ record: record2, name, owner: owner3, finding: finding3, due }) => [record2, cell(name), cell(owner3), finding3, cell(due)]
  );
  return rows.length === 0 ? ["## To decide", "Nothing is overdue, unused or left over."] : section("To decide", ["record", "name", "owner", "finding", "due"], rows);
}
function suggestions(inventory) {
  const rows = suggestionsOf(inventory).map(
    ({ grant: grant3, owner: owner3, rule: rule2, about, from, to }) => [cell(grant3), cell(owner3), cell(rule2), cell(about), cell(from), cell(to)]
  );
  return section("Wider than its use", ["grant", "owner", "rule", "what", "is", "would have done"], rows);
}
function grantBlock2(grant3) {
  const { owner: owner3, contact: contact2, purpose, connection: connection7, kind, gives, ttl, review, uses, refusals, live } = grant3;
  const facts = [
    `${code(purpose)}. Gives ${code(gives)} by ${code(connection7)} (${code(kind)}) for ${code(ttl)}.`,
    `Owner ${code(owner3)}${contact2 === null ? "" : `, ${code(contact2)}`}; review ${cell(review)}; used ${uses}, refused ${refusals}, live ${live}.`
  ];
  const rows = grant3.rules.map(
    ({ rule: rule2, workload: workload3, when, suspended, uses: times2, first_use: first, last_use: last }) => [
      cell(rule2),
      suspended ? `${code(workload3)} (suspended)` : code(workload3),
      cell(when),
      times2,
      cell(first),
      cell(last)
    ]
  );
  return [`### ${code(grant3.grant)}`, facts.join("  \n"), table2(["rule", "who", "when", "uses", "first", "last"], rows)].join("\n\n");
}
function happened2({ refusals, acts: acts2 }) {
  return [
    ...section(
      "Refusals",
      ["code", "grant", "refusals", "last"],
      refusals.map(({ code: why, grant: grant3, refusals: count2, last }) => [cell(why), cell(grant3), count2, cell(last)])
    ),
    ...section(
      "Policies published",
      ["at", "policy", "instead of", "by"],
      acts2.published.map(({ at, policy, replaces, by }) => [cell(at), cell(policy), cell(replaces), cell(by)])
    ),
    ...section(
      "Freezes",
      ["at", "what", "target", "name", "by"],
      acts2.freezes.map(({ at, type, target, name, by }) => [cell(at), type, cell(target), cell(name), cell(by)])
    ),
    ...section(
      "Revocations",
      ["at", "by", "ended", "failed", "complete"],
      acts2.revocations.map(({ at, by, ended, failed: failed2, complete: complete2 }) => [cell(at), cell(by), ended, failed2, complete2 ? "yes" : "no"])
    ),
    ...section(
      "Authorities",
      ["by", "role", "action", "uses", "first", "last"],
      acts2.authorities.map(({ by, role, action, uses, first_use: first, last_use: last }) => [
        cell(by),
        cell(role),
        cell(action),
        uses,
        cell(first),
        cell(last)
      ])
    )
  ];
}

// shared/inventory-wire.ts
var day = string2().nullable();
var use = {
  uses: int(),
  first_use: string2().nullable(),
  last_use: string2().nullable(),
  unused: boolean2().nullable(),
  live: int()
};
var refusable = { ...use, refusals: int() };
var kept4 = { owner: string2(), contact: string2().nullable() };
var rightSize = looseObject({
  asks: int(),
  unused_rules: array(string2()),
  conditions: array(looseObject({ rule: string2(), attribute: string2(), from: array(string2()), to: array(string2()) })),
  scope: looseObject({ from: string2(), to: string2(), scope: json() }).nullable()
});
var rule = looseObject({
  rule: string2(),
  workload: string2(),
  /** Its conditions in words. */
  when: string2(),
  suspended: boolean2(),
  uses: int(),
  first_use: string2().nullable(),
  last_use: string2().nullable()
});
var grant2 = looseObject({
  grant: string2(),
  ...kept4,
  purpose: string2(),
  connection: string2(),
  kind: string2(),
  /** Scope in one line. */
  gives: string2(),
  ttl: string2(),
  review: day,
  review_overdue: boolean2(),
  ...refusable,
  rules: array(rule),
  right_size: rightSize.nullable()
});
var workload2 = looseObject({
  workload: string2(),
  ...kept4,
  issuer: string2(),
  is: string2(),
  suspended: boolean2(),
  ...use
});
var connection6 = looseObject({
  connection: string2(),
  ...kept4,
  kind: string2(),
  /** Names of the secrets it rests on; never a secret. */
  stored_secrets: array(string2()),
  rotation_every: string2().nullable(),
  rotation_last: day,
  rotation_due: day,
  rotation_overdue: boolean2(),
  /** It rests on a stored secret, and nothing says by when that is replaced: a bridge without an end. */
  no_end: boolean2(),
  ...refusable
});
var issuer2 = looseObject({ issuer: string2(), url: string2(), platform: string2(), owners: array(string2()), ...refusable });
var acts = looseObject({
  /** There were more in the period than were read; these are the newest. */
  cut: boolean2(),
  published: array(looseObject({ at: string2(), policy: string2(), replaces: string2(), by: string2() })),
  freezes: array(
    looseObject({ at: string2(), type: _enum(["froze", "thawed"]), target: string2(), name: string2(), by: string2() })
  ),
  revocations: array(looseObject({ at: string2(), by: string2(), ended: int(), failed: int(), complete: boolean2() })),
  authorities: array(
    looseObject({ by: string2(), role: string2(), action: string2(), uses: int(), first_use: string2(), last_use: string2() })
  )
});
var inventorySchema = looseObject({
  policy: string2(),
  at: string2(),
  days: int(),
  since: string2(),
  /** Recorded asks that were read. `sampled`: there were more, and the newest stand for all. */
  asks: int(),
  sampled: boolean2(),
  /** Ledgers whose leases could not be read, and whether there were more leases than were read. */
  unreachable: array(string2()),
  leases_cut: boolean2(),
  issuers: array(issuer2),
  workloads: array(workload2),
  connections: array(connection6),
  grants: array(grant2),
  refusals: array(looseObject({ code: string2(), grant: string2(), refusals: int(), last: string2() })),
  /** Live leases under names the policy has no more. */
  strays: array(looseObject({ grant: string2(), workload: string2(), connection: string2(), live: int() })),
  acts
});

// cli/inventory.ts
var DAY_SECONDS = 86400;
var MAX_DAYS = 400;
var SINCE_EXPECTED = `--since: a duration such as 90d, at most ${MAX_DAYS}d`;
function daysOf(since) {
  const seconds2 = parseDuration(since);
  const days = seconds2 === void 0 ? 0 : Math.ceil(seconds2 / DAY_SECONDS);
  return days >= 1 && days <= MAX_DAYS ? days : void 0;
}
async function requestInventory(caller, days) {
  const answer2 = await askAs(caller, `/inventory?days=${days}`);
  if (!answer2.ok) return err(answer2.error.lines);
  const read2 = inventorySchema.safeParse(jsonOf2(answer2.value));
  return read2.success ? ok(read2.data) : err(["the broker answers no inventory that this version can read"]);
}
function isPartial({ unreachable, leases_cut: isCut }) {
  return unreachable.length > 0 || isCut;
}

// cli/inventory-text.ts
function inventoryText(inventory) {
  const { policy, days, asks, grants, workloads, connections, issuers, strays } = inventory;
  const parts = [
    `${printable2(policy)}
${asks} recorded asks of the last ${days} days
`,
    tableText(
      ["GRANT", "OWNER", "CONNECTION", "USES", "REFUSED", "LAST USE", "LIVE", "REVIEW", "NOTE"],
      grants.map((one) => [
        one.grant,
        whose(one),
        one.connection,
        String(one.uses),
        String(one.refusals),
        second(one.last_use),
        String(one.live),
        one.review ?? "",
        notes2([one.review_overdue, "review overdue"], [one.unused, "unused"], [one.right_size !== null, "wider than its use"])
      ])
    ),
    tableText(
      ["WORKLOAD", "OWNER", "ISSUER", "USES", "LAST USE", "LIVE", "NOTE"],
      workloads.map((one) => [
        one.workload,
        whose(one),
        one.issuer,
        String(one.uses),
        second(one.last_use),
        String(one.live),
        notes2([one.suspended, "suspended"], [one.unused, "unused"])
      ])
    ),
    tableText(
      ["CONNECTION", "OWNER", "KIND", "USES", "LAST USE", "LIVE", "ROTATION DUE", "NOTE"],
      connections.map((one) => [
        one.connection,
        whose(one),
        one.kind,
        String(one.uses),
        second(one.last_use),
        String(one.live),
        one.rotation_due ?? "",
        notes2([one.rotation_overdue, "rotation overdue"], [one.no_end, "stored secret without an end"], [one.unused, "unused"])
      ])
    ),
    tableText(
      ["ISSUER", "URL", "OWNERS", "USES", "REFUSED", "LAST USE", "LIVE"],
      issuers.map((one) => [
        one.issuer,
        one.url,
        one.owners.join(" "),
        String(one.uses),
        String(one.refusals),
        second(one.last_use),
        String(one.live)
      ])
    ),
    ...suggestionParts(inventory),
    ...strays.length === 0 ? [] : [
      tableText(
        ["LIVE WITHOUT POLICY", "WORKLOAD", "CONNECTION", "LIVE"],
        strays.map(({ grant: grant3, workload: workload3, connection: connection7, live }) => [grant3, workload3, connection7, String(live)])
      )
    ],
    ...caveatsOf(inventory).map((caveat) => `note: ${caveat}
`)
  ];
  return parts.join("\n");
}
function suggestionParts(inventory) {
  const rows = suggestionsOf(inventory);
  if (rows.length === 0) return [];
  return [
    tableText(
      ["WIDER THAN ITS USE", "RULE", "WHAT", "IS", "WOULD HAVE DONE"],
      rows.map(({ grant: grant3, rule: rule2, about, from, to }) => [grant3, rule2, about, from, to])
    )
  ];
}
function whose({ owner: owner3, contact: contact2 }) {
  return contact2 === null ? owner3 : `${owner3} ${contact2}`;
}
function second(at) {
  return at === null ? "" : `${at.slice(0, 19)}Z`;
}
function notes2(...given) {
  return given.filter(([holds2]) => holds2 === true).map(([, note2]) => note2).join(", ");
}

// cli/commands/inventory.ts
var EXITS = `Exit: 0 done · 1 partly: some ledger did not answer, or not every lease was counted · 2 could not run, or the broker refused.`;
var inventoryHelp = `jobpass inventory --broker URL [--since TIME] [--format text|json]

Lists every grant, workload, connection and issuer of the active policy: whose it is, how often and when it was last used, what is
live, which reviews and rotations are overdue, what was not used, and what is wider than its use: the narrower conditions and scope
that would have served every recorded ask.

  --since TIME       the period to look back on (default: 90d)
${CALLER_HELP}
  --format text|json default: text

Of a very busy broker the newest asks are read; then it says so, and calls nothing unused.

Runs as an auditor: ${TOKEN_HELP}
${EXITS}
`;
var reportHelp = `jobpass report --broker URL [--since TIME] [--format markdown|csv|json]

Prints an access review: what to decide (overdue, unused, left over), what is wider than its use, who could and who did, refusals,
and what authorities did in the period.

  --since TIME       the period (default: 90d)
${CALLER_HELP}
  --format markdown  for people and pull requests (default)
  --format csv       one table for a spreadsheet; the column \`record\` says what a row is
  --format json      the inventory both are made of

Runs as an auditor: ${TOKEN_HELP}
${EXITS}
`;
var json2 = (inventory) => `${JSON.stringify(inventory, null, 2)}
`;
async function inventoryCommand(args, io) {
  return show({ command: "inventory", formats: { text: inventoryText, json: json2 } }, args, io);
}
async function reportCommand(args, io) {
  return show({ command: "report", formats: { markdown: reportMarkdown, csv: reportCsv, json: json2 } }, args, io);
}
async function show({ command: command2, formats }, args, io) {
  const read2 = readOptions(args, { operands: [], options: { ...CALLER_OPTIONS, since: "value", format: "value" } });
  if (!read2.ok) return usageError(io, command2, read2.error);
  const caller = callerOf(read2.value);
  const days = daysOf(read2.value.option("since") ?? "90d");
  const names = Object.keys(formats);
  const name = read2.value.option("format") ?? names[0] ?? "";
  const format = Object.hasOwn(formats, name) ? formats[name] : void 0;
  const problems = [
    ...caller.ok ? [] : [caller.error],
    ...days === void 0 ? [SINCE_EXPECTED] : [],
    ...format === void 0 ? [`--format: ${names.join(", ")}`] : []
  ];
  if (!caller.ok || days === void 0 || format === void 0) return usageError(io, command2, problems);
  const inventory = await requestInventory(caller.value, days);
  if (!inventory.ok) {
    for (const line4 of inventory.error) io.stderr(`jobpass ${command2}: ${line4}
`);
    return EXIT.couldNotRun;
  }
  io.stdout(format(inventory.value));
  return isPartial(inventory.value) ? EXIT.partly : EXIT.success;
}

// cli/broker-keys.ts
async function callKeys(caller, { path, body }) {
  const headers = { "content-type": "application/json" };
  const answer2 = await askAs(caller, path, body === void 0 ? {} : { method: "POST", headers, body: JSON.stringify(body) });
  return answer2.ok ? ok(jsonOf2(answer2.value)) : answer2;
}
var list3 = looseObject({
  keys: array(
    looseObject({
      key: string2(),
      kid: string2(),
      phase: string2(),
      since: string2(),
      until: string2().nullable(),
      age_days: number2(),
      sealed_under: string2()
    })
  )
});
var rotated = looseObject({ key: string2(), kid: string2(), signs_from: string2() });
var revoked = looseObject({
  revoked: string2(),
  key: string2(),
  successor: string2().nullable(),
  ended: array(string2()),
  failed: array(string2()),
  truncated: boolean2(),
  unreachable: array(string2())
});
var resealedOnes = looseObject({ resealed: number2(), under_previous: number2(), unreadable: number2() });
var resealed = looseObject({
  keys: resealedOnes,
  leases: resealedOnes,
  unreachable: array(string2()),
  previous_key_needed: boolean2()
});
var TEXTS = {
  "/keys": (json3) => read(list3, json3, ({ keys }) => table3(keys)),
  "/keys/rotate": (json3) => read(rotated, json3, ({ key, kid, signs_from: from }) => [`${key}: ${kid} signs from ${from}`]),
  "/keys/revoke": (json3) => read(revoked, json3, ({ revoked: kid, key, successor, ended, failed: failed2, truncated, unreachable }) => [
    `${key}: ${kid} is revoked; ${successor === null ? "NO key can sign in its place, see jobpass keys" : `${successor} signs now`}`,
    `leases of what it signed: ${ended.length} ended${failed2.length === 0 ? "" : `, ${failed2.length} NOT ended: ${failed2.join(" ")}`}`,
    ...truncated ? ["there are more of them: run the command again"] : [],
    ...silent(unreachable)
  ]),
  "/keys/reseal": (json3) => read(resealed, json3, ({ keys, leases, unreachable, previous_key_needed: isNeeded2 }) => [
    ...lost("keys", keys),
    ...lost("handles of leases", leases),
    ...silent(unreachable),
    isNeeded2 ? "SEALING_KEY_PREVIOUS is still needed" : "nothing is left under SEALING_KEY_PREVIOUS: it can be removed"
  ])
};
function read(schema, json3, lines) {
  const answer2 = schema.safeParse(json3);
  return answer2.success ? lines(answer2.data).map(printable) : void 0;
}
function table3(keys) {
  const rows = [
    ["KEY", "PHASE", "SINCE", "UNTIL", "DAYS", "SEALED", "KID"],
    ...keys.map((key) => [key.key, key.phase, key.since, key.until ?? "-", String(key.age_days), key.sealed_under, key.kid])
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map(
    (row) => row.map((cell2, column) => cell2.padEnd(widths[column] ?? 0)).join("  ").trimEnd()
  );
}
function lost(what, { resealed: count2, under_previous: left, unreadable: unreadable2 }) {
  return [
    `${what}: ${count2} sealed again`,
    ...left === 0 ? [] : [`${what}: ${left} are under SEALING_KEY_PREVIOUS and do not open`],
    ...unreadable2 === 0 ? [] : [`${what}: ${unreadable2} are sealed under neither SEALING_KEY nor SEALING_KEY_PREVIOUS`]
  ];
}
function silent(ledgers) {
  return ledgers.length === 0 ? [] : [`these ledgers did not answer, run the command again: ${ledgers.join(" ")}`];
}

// cli/commands/keys.ts
var keysHelp = `jobpass keys --broker URL
jobpass keys rotate KEY --broker URL --reason TEXT [--at-once]
jobpass keys revoke KID --broker URL --reason TEXT
jobpass keys reseal --broker URL

Without an action it lists every key: what it is for, whether it signs (next, current, previous, revoked), since
when, and under which sealing key its private half lies. docs/keys.md says what each protects.

rotate  lets the next key of KEY sign as soon as it has been published long enough. KEY is signing:ES256,
        signing:RS256, ssh-ca:CONNECTION or checkpoint. --at-once does not wait: verifiers and hosts that have
        not fetched the next key yet refuse what it signs.
revoke  a stolen key: it leaves the key set, signs nothing more anywhere when the command ends, and the leases
        of what it signed are ended. The next key signs in its place.
reseal  seals all keys and handles again under SEALING_KEY, and says whether SEALING_KEY_PREVIOUS can go.

  --broker URL    origin of the broker
  --reason TEXT   goes on record
  --format FORM   text (default) or json
  --audience AUD  the aud of the ID token (default: the broker's origin)

Runs as an operator (the list also as an auditor): the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and
ACTIONS_ID_TOKEN_REQUEST_TOKEN. Exit: 0 done · 2 could not run · 4 the broker refused.
`;
var COMMON2 = { broker: "required", format: "value", audience: "value" };
var LIST = { path: "/keys", spec: { operands: [], options: COMMON2 } };
var ACTIONS = /* @__PURE__ */ new Map([
  [
    "rotate",
    {
      path: "/keys/rotate",
      spec: { operands: ["KEY"], options: { ...COMMON2, reason: "required", "at-once": "flag" } },
      body: (options) => ({
        key: options.operands[0],
        reason: options.option("reason"),
        ...options.flag("at-once") ? { at_once: true } : {}
      })
    }
  ],
  [
    "revoke",
    {
      path: "/keys/revoke",
      spec: { operands: ["KID"], options: { ...COMMON2, reason: "required" } },
      body: (options) => ({ kid: options.operands[0], reason: options.option("reason") })
    }
  ],
  ["reseal", { path: "/keys/reseal", spec: { operands: [], options: COMMON2 }, body: () => ({}) }]
]);
async function keysCommand(args, io) {
  const [first, ...rest] = args;
  if (first === void 0 || first.startsWith("-")) return run2("keys", LIST, args, io);
  const action = ACTIONS.get(first);
  if (action !== void 0) return run2(`keys ${first}`, action, rest, io);
  return usageError(io, "keys", [
    `no action ${JSON.stringify(first)}; there are ${[...ACTIONS.keys()].join(", ")}, or none to list the keys`
  ]);
}
async function run2(name, { path, spec, body }, args, io) {
  const options = readOptions(args, spec);
  if (!options.ok) return usageError(io, name, options.error);
  const format = options.value.option("format") ?? "text";
  const caller = callerOf(options.value);
  if (!caller.ok) return usageError(io, name, [caller.error]);
  if (format !== "text" && format !== "json") return usageError(io, name, ["--format: text or json"]);
  const answer2 = await callKeys(caller.value, body === void 0 ? { path } : { path, body: body(options.value) });
  if (answer2.ok) return say(name, answer2.value, format === "json" ? [JSON.stringify(answer2.value)] : TEXTS[path](answer2.value), io);
  return tellNotDone(name, answer2.error, io);
}
function say(name, answer2, lines, io) {
  if (lines === void 0) {
    io.stderr(`jobpass ${name}: the broker answers what this version does not know: ${JSON.stringify(answer2).slice(0, 200)}
`);
    return EXIT.couldNotRun;
  }
  io.stdout(lines.map((line4) => `${line4}
`).join(""));
  return EXIT.success;
}

// cli/commands/leases.ts
var leasesHelp = `jobpass leases --broker URL [filters] [--format text|json]

Lists the leases that are not over: one for each credential that is out. All filters must fit; without one, everything.

${LEASE_HELP}
${CALLER_HELP}
  --format text|json default: text

Runs as an auditor: ${TOKEN_HELP}
An operator sees the same with \`jobpass revoke --dry-run\`.
Exit: 0 listed · 1 not all of it (there are more than 1 000, or a ledger did not answer) · 2 could not run, or the broker refused.
`;
var shownLease = looseObject({
  lease: string2(),
  state: string2(),
  grant: string2(),
  workload: string2(),
  connection: string2(),
  kind: string2(),
  run_id: string2(),
  opened_at: string2(),
  expires_at: string2()
});
var leasesAnswer = looseObject({ leases: array(shownLease), truncated: boolean2(), unreachable: array(string2()) });
var LEASE_HEADINGS = ["LEASE", "GRANT", "WORKLOAD", "CONNECTION", "KIND", "RUN", "STATE", "OPENED", "ENDS"];
function leaseRow({
  lease,
  grant: grant3,
  workload: workload3,
  connection: connection7,
  kind,
  run_id: run3,
  state,
  opened_at: opened,
  expires_at: ends
}) {
  return [lease, grant3, workload3, connection7, kind, run3, state, opened, ends];
}
async function leasesCommand(args, io) {
  const read2 = readOptions(args, { operands: [], options: { ...LEASE_OPTIONS, ...CALLER_OPTIONS, format: "value" } });
  if (!read2.ok) return usageError(io, "leases", read2.error);
  const caller = callerOf(read2.value);
  const format = read2.value.option("format") ?? "text";
  if (!caller.ok) return usageError(io, "leases", [caller.error]);
  if (format !== "text" && format !== "json") return usageError(io, "leases", ["--format: text or json"]);
  const query2 = new URLSearchParams({ ...leaseNamesOf(read2.value) }).toString();
  const answer2 = await askAs(caller.value, `/leases${query2 === "" ? "" : `?${query2}`}`);
  if (!answer2.ok) return cannot2(io, answer2.error.lines);
  const answered = leasesAnswer.safeParse(jsonOf2(answer2.value));
  if (!answered.success) return cannot2(io, ["the broker answers nothing that can be read"]);
  const { leases, truncated, unreachable } = answered.data;
  if (format === "json") io.stdout(`${JSON.stringify({ leases, truncated, unreachable })}
`);
  else io.stdout(leases.length === 0 ? "nothing is live\n" : tableText(LEASE_HEADINGS, leases.map(leaseRow)));
  if (truncated) io.stderr("jobpass leases: there are more than these 1 000: filter by a name\n");
  tellUnreachable(io, "leases", unreachable);
  return truncated || unreachable.length > 0 ? EXIT.partly : EXIT.success;
}
function tellUnreachable(io, command2, unreachable) {
  for (const ledger of unreachable) io.stderr(`jobpass ${command2}: the ledger ${printable(ledger)} did not answer and may hold more
`);
}
function cannot2(io, lines) {
  for (const line4 of lines) io.stderr(`jobpass leases: ${line4}
`);
  return EXIT.couldNotRun;
}

// cli/commands/ledger.ts
import { resolve as resolve8 } from "node:path";
import { setTimeout as sleep3 } from "node:timers/promises";

// cli/ledger-pages.ts
async function readPage(auditor, query2) {
  const answer2 = await askAs(auditor, `/ledger?${new URLSearchParams(query2)}`);
  if (!answer2.ok) return answer2;
  const next = nextOf(answer2.value, auditor.broker);
  if (!next.ok) return err({ by: "nobody", lines: [next.error] });
  return ok({ lines: answer2.value.text.split("\n").filter((line4) => line4 !== ""), next: next.value });
}
async function readPages(auditor, query2, take3) {
  for (let next = query2; next !== void 0; ) {
    const page = await readPage(auditor, next);
    if (!page.ok) return page;
    const taken = take3(page.value.lines);
    if (!taken.ok) return taken;
    if (page.value.next?.after === next.after && next.after !== void 0)
      return err({ by: "nobody", lines: ["the broker’s next page begins where this one did"] });
    next = page.value.next;
  }
  return ok(void 0);
}
var LINK = /^<([^<>]{1,4000})>; rel="next"$/;
var query = record(string2(), string2());
function nextOf({ link }, broker) {
  if (link === null) return ok(void 0);
  const target = LINK.exec(link)?.[1];
  const url = target !== void 0 && URL.canParse(target, `${broker}/ledger`) ? new URL(target, `${broker}/ledger`) : void 0;
  if (url?.origin !== broker || url.pathname !== "/ledger") return err("the broker names a next page that is not of its ledger");
  return ok(query.parse(Object.fromEntries(url.searchParams)));
}

// cli/ledger-export.ts
var PAGE_SIZE = "1000";
var keySet = looseObject({ keys: array(unknown()) });
async function exportLedger(auditor, write) {
  const checkpoint = await askAs(auditor, "/ledger/checkpoint");
  if (!checkpoint.ok) return checkpoint;
  const entries = await readPages(auditor, { limit: PAGE_SIZE }, (lines) => {
    for (const line4 of lines) write(`${line4}
`);
    return ok(void 0);
  });
  if (!entries.ok) return entries;
  const keys = await callBroker(auditor.broker, "/.well-known/jwks.json");
  const read2 = keySet.safeParse(keys.ok ? jsonOf2(keys.value) : void 0);
  if (!read2.success) return err({ by: "nobody", lines: [keys.ok ? "the broker does not answer with its key set" : keys.error] });
  write(`${JSON.stringify({ type: "checkpoint", note: checkpoint.value.text })}
`);
  write(`${JSON.stringify({ type: "keys", keys: read2.data.keys })}
`);
  return ok(void 0);
}

// cli/ledger-catch-up.ts
import { createHash as createHash4 } from "node:crypto";

// shared/ledger-entries.ts
var LEDGER_VERSION = 1;
var LEASE = { lease: "text", grant: "text", workload: "text", connection: "text", kind: "text", run_id: "text" };
var ADMISSION = { ...LEASE, ask: "object", policy: "digest", decision: "text", issuer: "text", expires_at: "instant" };
var ENDING = { ...LEASE, credential_end: "text", lives_until: "instant?", detail: "text?", cause: "text?" };
var NEWS = { leases: "count", repository: "text", repository_id: "text", delivery: "text" };
var FREEZE2 = { target: "text", name: "text?", by: "text", proposal: "text?", confirmed_by: "text?" };
var ENTRIES = {
  opened: ADMISSION,
  issued: {
    ...LEASE,
    ask: "object?",
    policy: "digest?",
    decision: "text",
    issuer: "text?",
    credential: "sha256",
    signer: "text?",
    expires_at: "instant",
    upstream_expires_at: "instant?"
  },
  failed: {
    ...LEASE,
    decision: "text",
    code: "text",
    detail: "text?",
    upstream_status: "count?",
    credential_end: "text?",
    lives_until: "instant?",
    may_live_until: "instant?",
    lease_was_over: "flag?"
  },
  refused: {
    ask: "object",
    code: "text",
    policy: "digest",
    decision: "text",
    issuer: "text",
    grant: "text",
    run_id: "text",
    workload: "text?",
    connection: "text?",
    kind: "text?"
  },
  refusals_counted: { counted: "text", minute: "time", refusals: "count" },
  returned: ENDING,
  revoked: ENDING,
  expired: ENDING,
  orphaned: { ...LEASE, may_live_until: "instant" },
  end_failed: { lease: "text", grant: "text", code: "text", detail: "text", lives_until: "instant", next_try: "instant" },
  recalled: { ...NEWS, cause: "text", run_id: "text?", run_attempt: "count?", job: "text?" },
  repository_changed: {
    ...NEWS,
    change: "text",
    owner: "text?",
    owner_id: "text?",
    former_name: "text?",
    former_owner: "text?",
    former_owner_id: "text?"
  },
  proposed: {
    act: "text",
    proposal: "text",
    by: "text",
    policy: "digest?",
    replaces: "text?",
    because: "text?",
    forced: "text?",
    target: "text?",
    name: "text?"
  },
  published: {
    policy: "digest",
    replaces: "text",
    by: "text",
    forced: "text?",
    proposal: "text?",
    confirmed_by: "text?"
  },
  froze: FREEZE2,
  thawed: FREEZE2,
  authority_used: {
    role: "text",
    by: "text",
    action: "text",
    jti: "text",
    run_id: "text",
    policy: "digest?",
    replaces: "text?",
    days: "count?",
    filter: "text?",
    reason: "text?",
    target: "text?",
    name: "text?",
    kid: "text?",
    key: "text?",
    when: "text?",
    proposal: "text?",
    act: "text?",
    forced: "text?"
  },
  revocation: {
    by: "text",
    jti: "text",
    ended: "count",
    already_over: "count",
    failed: "count",
    lives_on: "count",
    complete: "flag"
  },
  key_rotated: { key: "text", algorithm: "text", kid: "text", replaces: "text?", why: "text", by: "text?", reason: "text?" },
  key_revoked: { key: "text", kid: "text", successor: "text?", reason: "text", by: "text" },
  checkpointed: { others: "sha256", ledgers: "count" }
};
var ASK_MEMBERS = {
  attributes: "object",
  jti: "text",
  job: "text",
  unknown_claims: "texts?",
  rule: "text?",
  scope: "text?",
  asked: "object?",
  notes: "list?",
  reason: "text?",
  cause: "text?",
  reasons: "list?",
  field: "text?",
  parameter: "text?"
};
var ENVELOPE = {
  v: "count",
  ledger: "text",
  seq: "count",
  at: "time",
  type: "text",
  prev: "hex",
  hash: "hex"
};
var isCount = (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
var isText2 = (value) => typeof value === "string";
var IS = {
  text: isText2,
  instant: isCount,
  count: isCount,
  time: (value) => isText2(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value),
  digest: (value) => isText2(value) && /^sha256:[0-9a-f]{64}$/.test(value),
  sha256: (value) => isText2(value) && /^[A-Za-z0-9+/]{43}=$/.test(value),
  hex: (value) => isText2(value) && /^[0-9a-f]{64}$/.test(value),
  flag: (value) => typeof value === "boolean",
  texts: (value) => Array.isArray(value) && value.every(isText2),
  list: Array.isArray,
  object: isJsonObject
};
function checksOf(members2) {
  const of = Object.entries(members2).map(([name, text4]) => {
    const form = text4.replace("?", "");
    return [name, { form, isOptional: form !== text4, is: isFormName(form) ? IS[form] : () => false }];
  });
  return { of: new Map(of), required: of.filter(([, { isOptional }]) => !isOptional).length };
}
function isEntryType(name) {
  return Object.hasOwn(ENTRIES, name);
}
function isFormName(form) {
  return Object.hasOwn(IS, form);
}
var CHECKS = new Map(Object.entries(ENTRIES).map(([type, members2]) => [type, checksOf({ ...ENVELOPE, ...members2 })]));
var ASK_CHECKS = checksOf(ASK_MEMBERS);
function misfits(entry) {
  const { type, ask } = entry;
  const checks = CHECKS.get(String(type));
  if (checks === void 0) return [`no type ${JSON.stringify(type)} in version ${LEDGER_VERSION}`];
  const found2 = differences(entry, checks);
  return isJsonObject(ask) ? [...found2, ...differences(ask, ASK_CHECKS).map((difference) => `in ask: ${difference}`)] : found2;
}
function differences(record2, { of, required: required2 }) {
  const found2 = [];
  let there = 0;
  for (const name in record2) {
    const check2 = of.get(name);
    if (check2 === void 0) found2.push(`unknown member ${JSON.stringify(name)}`);
    else if (!check2.is(record2[name])) found2.push(`${name} is no ${check2.form}`);
    if (check2?.isOptional === false) there++;
  }
  if (there === required2) return found2;
  for (const [name, { isOptional }] of of) if (!isOptional && !Object.hasOwn(record2, name)) found2.unshift(`no member ${name}`);
  return found2;
}

// shared/ledger.ts
var AUTHORITY_LEDGER = "v1:authorities";
var GENESIS_HASH = "0".repeat(64);
var HEX_DIGEST = /^[0-9a-f]{64}$/;
var DATETIME = regexes_exports.datetime({});
var hexDigest = string2().regex(HEX_DIGEST);
var entrySchema = looseObject({
  v: literal(LEDGER_VERSION),
  ledger: string2().min(1),
  seq: number2().int().positive(),
  at: iso_exports.datetime(),
  type: string2().min(1),
  prev: hexDigest,
  hash: hexDigest
});
function isEntry(value) {
  const { v, ledger, seq, at, type, prev, hash: hash2 } = value;
  return v === LEDGER_VERSION && isName(ledger) && Number.isSafeInteger(seq) && Number(seq) > 0 && isName(type) && typeof at === "string" && DATETIME.test(at) && typeof prev === "string" && HEX_DIGEST.test(prev) && typeof hash2 === "string" && HEX_DIGEST.test(hash2);
}
function isName(value) {
  return typeof value === "string" && value !== "";
}
function hashedText(entry) {
  const { hash: _, ...rest } = entry;
  return canonicalJson(rest);
}
function followIf(head, entry, isUnchanged) {
  const broken2 = (problem) => err({ ledger: entry.ledger, seq: entry.seq, problem });
  if (entry.seq !== head.seq + 1) return broken2("missing_or_reordered");
  if (entry.prev !== head.hash) return broken2("not_chained");
  if (!isUnchanged()) return broken2("changed");
  return ok({ seq: entry.seq, hash: entry.hash });
}

// shared/checkpoint.ts
function ledgerLines(ledgers) {
  const sorted = [...ledgers].sort((a, b) => a.ledger < b.ledger ? -1 : a.ledger > b.ledger ? 1 : 0);
  return sorted.map(({ ledger, seq, hash: hash2 }) => `${ledger} ${seq} ${hash2}
`).join("");
}
function othersDigest(ledgers, sha256Base642) {
  return sha256Base642(ledgerLines(ledgers.filter(({ ledger }) => ledger !== AUTHORITY_LEDGER)));
}
function checkpointBody(origin, ledgers, sha256Base642) {
  const lines = ledgerLines(ledgers);
  const entries = ledgers.reduce((sum, { seq }) => sum + seq, 0);
  return `${origin}
${entries}
${sha256Base642(lines)}
${lines}`;
}
var SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/=]+)$/;
var LEDGER_LINE = /^(\S+) (\d{1,15}) ([0-9a-f]{64})$/;
function readCheckpoint(note2, sha256Base642) {
  const split = note2.indexOf("\n\n");
  if (split < 0) return err("no blank line between the body and the signatures");
  const body = note2.slice(0, split + 1);
  const signatures = [];
  for (const line4 of note2.slice(split + 2).split("\n")) {
    const match = SIGNATURE_LINE.exec(line4);
    if (match !== null) signatures.push({ keyName: match[1] ?? "", blob: match[2] ?? "" });
  }
  const [origin = "", entries = "", head = "", ...rest] = body.slice(0, -1).split("\n");
  const ledgers = [];
  for (const line4 of rest) {
    const match = LEDGER_LINE.exec(line4);
    if (match === null) return err(`not a ledger line: ${JSON.stringify(line4.slice(0, 80))}`);
    ledgers.push({ ledger: match[1] ?? "", seq: Number(match[2]), hash: match[3] ?? "" });
  }
  if (checkpointBody(origin, ledgers, sha256Base642) !== body) return err("the entry count or the head does not fit the ledger lines");
  return ok({ checkpoint: { origin, entries: Number(entries), head, ledgers }, body, signatures });
}
var ED25519_ALGORITHM = 1;
var KEY_ID_BYTES = 4;
function noteKeyId(keyName, publicKey2, sha256) {
  const name = Array.from(keyName, (character2) => character2.charCodeAt(0));
  return sha256(new Uint8Array([...name, 10, ED25519_ALGORITHM, ...publicKey2])).slice(0, KEY_ID_BYTES);
}

// shared/ledger-filter.ts
var FILTER_MEMBERS = {
  workload: "workload",
  grant: "grant",
  run: "run_id",
  type: "type",
  lease: "lease",
  decision: "decision"
};
var FILTER_NAMES = ["workload", "grant", "run", "type", "lease", "decision"];
function matches2(entry, filter) {
  const { since, until } = filter;
  const at = String(entry.at);
  if (since !== void 0 && at < since) return false;
  if (until !== void 0 && at > until) return false;
  return FILTER_NAMES.every((name) => filter[name] === void 0 || entry[FILTER_MEMBERS[name]] === filter[name]);
}
var TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;
function instantText(text4) {
  const ms = TIME.test(text4) ? Date.parse(text4) : Number.NaN;
  return Number.isNaN(ms) ? void 0 : new Date(ms).toISOString();
}

// cli/file-lines.ts
import { createReadStream } from "node:fs";
var MAX_LINE_BYTES = 16 * 1024 * 1024;
var CHUNK_BYTES = 1024 * 1024;
var NEWLINE = 10;
async function* fileLines(path) {
  let rest = [];
  let restBytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const chunk = piece;
    const lines = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const tail = chunk.subarray(start, end);
      lines.push(restBytes === 0 ? tail : Buffer.concat([...rest, tail]));
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    if (start < chunk.length) rest.push(Buffer.from(chunk.subarray(start)));
    restBytes += chunk.length - start;
    yield restBytes > MAX_LINE_BYTES ? [...lines, void 0] : lines;
    if (restBytes > MAX_LINE_BYTES) return;
  }
  if (restBytes > 0) yield [Buffer.concat(rest)];
}

// cli/ledger-line.ts
import { hash } from "node:crypto";

// shared/strict-json.ts
var MAX_DEPTH2 = 32;
var COLON = 58;
var BACKSLASH = 92;
function parseStrictJson(text4) {
  let value;
  try {
    value = JSON.parse(text4);
  } catch {
    return err("not_json");
  }
  const kept5 = countMembers(value, MAX_DEPTH2);
  if (kept5 === void 0) return err("too_deep");
  if (JSON.stringify(value) === text4) return ok(value);
  return kept5 === countWritten(text4) ? ok(value) : err("duplicate_member");
}
function countMembers(value, levels) {
  if (typeof value !== "object" || value === null) return 0;
  if (levels === 0) return void 0;
  const members2 = Object.values(value);
  let count2 = Array.isArray(value) ? 0 : members2.length;
  for (const member of members2) {
    if (typeof member !== "object") continue;
    const below = countMembers(member, levels - 1);
    if (below === void 0) return void 0;
    count2 += below;
  }
  return count2;
}
function countWritten(text4) {
  let count2 = 0;
  for (let from = 0; from < text4.length; ) {
    const quote = text4.indexOf('"', from);
    const end = quote < 0 ? text4.length : quote;
    for (let index = from; index < end; index++) if (text4.charCodeAt(index) === COLON) count2++;
    from = quote < 0 ? end : endOfString(text4, quote);
  }
  return count2;
}
function endOfString(text4, quote) {
  let end = text4.indexOf('"', quote + 1);
  while (isEscaped(text4, end)) end = text4.indexOf('"', end + 1);
  return end + 1;
}
function isEscaped(text4, index) {
  let backslashes = 0;
  while (text4.charCodeAt(index - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

// cli/ledger-line.ts
var checkpointLine = strictObject({ type: literal("checkpoint"), note: string2() });
var keysLine = strictObject({ type: literal("keys"), keys: array(unknown()) });
function readLedgerLine(line4) {
  const parsed = parseStored(line4) ?? parseOther(line4);
  if (parsed === void 0) return { is: "nothing", why: "it is no JSON, or names a member twice" };
  const { value, text: text4 } = parsed;
  if (!isJsonObject(value)) return { is: "nothing", why: "it is no JSON object" };
  if (isEntry(value)) return { is: "entry", entry: value, isUnchanged: () => sha256Hex3(text4 ?? hashedText(value)) === value.hash };
  const checkpoint = checkpointLine.safeParse(value);
  if (checkpoint.success) return { is: "checkpoint", note: checkpoint.data.note };
  const keys = keysLine.safeParse(value);
  if (keys.success) return { is: "keys", keys: keys.data.keys };
  return { is: "nothing", why: whyNot(value) };
}
function whyNot(value) {
  if (typeof value.v === "number" && value.v !== LEDGER_VERSION)
    return `it is of version ${value.v}, and this jobpass knows version ${LEDGER_VERSION}`;
  return "it has not the members every entry has";
}
var HASH_FIRST = /^\{"hash":"[0-9a-f]{64}",/;
var HASH_LENGTH = '{"hash":"'.length + 64 + '",'.length;
var MAX_DEPTH3 = 32;
function parseStored(line4) {
  if (!HASH_FIRST.test(line4)) return void 0;
  try {
    const value = JSON.parse(line4);
    if (!isJsonObject(value) || JSON.stringify(value) !== line4) return void 0;
    return isSorted(value, MAX_DEPTH3, "hash") ? { value, text: `{${line4.slice(HASH_LENGTH)}` } : void 0;
  } catch {
    return void 0;
  }
}
function isSorted(value, levels, besides) {
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((member) => isSorted(member, levels - 1));
  if (!isJsonObject(value)) return true;
  let before = "";
  for (const name in value) {
    if (name === besides) continue;
    if (name < before || !isSorted(value[name] ?? null, levels - 1)) return false;
    before = name;
  }
  return true;
}
function parseOther(line4) {
  const parsed = parseStrictJson(line4);
  return parsed.ok ? { value: parsed.value } : void 0;
}
function sha256Hex3(text4) {
  return hash("sha256", text4, "hex");
}

// cli/ledger-file.ts
var MAX_TOLD = 20;
var MAX_FOREIGN_LINES = 10;
var MAX_NOTES = 1e3;
var ENTRY_START = Buffer.from('{"hash":"');
async function notesIn(path) {
  const notes3 = [];
  let number3 = 0;
  for await (const lines of fileLines(path)) {
    for (const line4 of lines) {
      number3++;
      if (line4 === void 0 || line4.subarray(0, ENTRY_START.length).equals(ENTRY_START)) continue;
      const read2 = readLedgerLine(line4.toString("utf8"));
      if (read2.is === "checkpoint") notes3.push({ name: `the checkpoint in line ${number3}`, note: read2.note });
      if (notes3.length >= MAX_NOTES) return notes3;
    }
  }
  return notes3;
}
async function readLedgerFile(path, marks) {
  const reading = {
    entries: 0,
    foreignLines: 0,
    firstRecord: void 0,
    keys: void 0,
    marks,
    heads: /* @__PURE__ */ new Map(),
    marked: /* @__PURE__ */ new Map(),
    breaks: { first: [], count: 0 },
    misfits: { first: [], count: 0 },
    lost: /* @__PURE__ */ new Set()
  };
  let number3 = 0;
  for await (const lines of fileLines(path)) {
    for (const line4 of lines) {
      number3++;
      if (!readLine(reading, line4, number3)) return reading;
    }
  }
  return reading;
}
function readLine(reading, line4, number3) {
  if (line4 === void 0) {
    tell2(
      reading.breaks,
      `line ${number3} is longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB: this is no export of a ledger, and was not read further`
    );
    return false;
  }
  const text4 = line4.toString("utf8");
  if (text4.trim() === "") return true;
  take(reading, readLedgerLine(text4), number3);
  if (reading.foreignLines < MAX_FOREIGN_LINES) return true;
  tell2(reading.breaks, `${MAX_FOREIGN_LINES} lines are no entries: this is no export of a ledger, and was not read further`);
  return false;
}
function take(reading, line4, number3) {
  switch (line4.is) {
    case "entry":
      takeEntry(reading, line4.entry, line4.isUnchanged);
      return;
    case "keys":
      reading.keys = { keys: line4.keys };
      return;
    case "nothing":
      reading.foreignLines++;
      tell2(reading.breaks, `line ${number3} is not an entry of a ledger: ${line4.why}`);
      return;
    case "checkpoint":
      return;
  }
}
function takeEntry(reading, entry, isUnchanged) {
  const { ledger, seq, type } = entry;
  reading.entries++;
  if (reading.lost.has(ledger)) return;
  const followed = followIf(reading.heads.get(ledger) ?? { seq: 0, hash: GENESIS_HASH }, entry, isUnchanged);
  if (!followed.ok) {
    reading.lost.add(ledger);
    tell2(reading.breaks, `${ledger} entry ${seq}: ${PROBLEMS[followed.error.problem]}`);
    return;
  }
  reading.heads.set(ledger, followed.value);
  const others = type === "checkpointed" && ledger === AUTHORITY_LEDGER ? String(entry.others) : void 0;
  if (others !== void 0) reading.firstRecord ??= seq;
  if (reading.marks.get(ledger)?.has(seq) === true) reading.marked.set(markName(ledger, seq), { hash: entry.hash, others });
  const [misfit] = misfits(entry);
  if (misfit !== void 0) tell2(reading.misfits, `${ledger} entry ${seq} (${type}): ${misfit}`);
}
function markName(ledger, seq) {
  return `${seq} ${ledger}`;
}
function tell2(telling, line4) {
  telling.count++;
  if (telling.first.length < MAX_TOLD) telling.first.push(line4);
}
var PROBLEMS = {
  changed: "its content is not what its hash was taken of",
  missing_or_reordered: "it is not the next one: an entry is missing, doubled or out of order",
  not_chained: "it does not follow the entry before it"
};

// cli/ledger-heads.ts
var START = { seq: 0, hash: GENESIS_HASH, at: "" };
function see(heads, line4) {
  const read2 = readLedgerLine(line4);
  if (read2.is !== "entry") return err({ by: "chain", lines: ["the broker answers with a line that is no entry of a ledger"] });
  const { entry } = read2;
  const { ledger, seq, at } = entry;
  const head = heads.get(ledger) ?? START;
  const broken2 = (what) => err({ by: "chain", lines: [`${ledger} entry ${seq}: ${what}`] });
  if (seq > head.seq + 1) return ok({ is: "early", ledger, entry });
  if (seq <= head.seq) {
    if (seq === head.seq && entry.hash !== head.hash) return broken2("it is another one than before: the ledger was written anew");
    if (seq < head.seq && head.at !== "" && at > head.at) return broken2(`the ledger was at entry ${head.seq} before: it was written anew`);
    return ok({ is: "known", ledger, entry });
  }
  const followed = followIf(head, entry, read2.isUnchanged);
  if (!followed.ok) return broken2(PROBLEMS[followed.error.problem]);
  heads.set(ledger, { ...followed.value, at });
  return ok({ is: "new", ledger, entry });
}

// cli/ledger-catch-up.ts
var PAGE_SIZE2 = "1000";
async function catchUp(following, heads) {
  const { auditor, from } = following;
  const answer2 = await askAs(auditor, "/ledger/checkpoint");
  if (!answer2.ok) return answer2;
  const note2 = readCheckpoint(answer2.value.text, (text4) => createHash4("sha256").update(text4).digest("base64"));
  if (!note2.ok) return err({ by: "nobody", lines: [`the broker’s checkpoint cannot be read: ${note2.error}`] });
  const { ledgers } = note2.value.checkpoint;
  for (const [ledger, { seq }] of from.heads) {
    const end = ledgers.find((state) => state.ledger === ledger)?.seq ?? 0;
    if (end < seq) return broken(`${ledger}: entry ${seq} was seen before, and the broker’s ledger ends at ${end}`);
  }
  for (const state of ledgers) {
    const reached = await reach2(state, following, heads);
    if (!reached.ok) return reached;
  }
  following.say(`following ${ledgers.length} ledgers of ${auditor.broker}`);
  const record2 = ledgers.find(({ ledger }) => ledger === AUTHORITY_LEDGER);
  const entry = await entryAt(AUTHORITY_LEDGER, record2?.seq ?? 1, auditor);
  return entry.ok ? ok(String(entry.value?.at ?? "")) : entry;
}
async function reach2(state, following, heads) {
  const { ledger, seq, hash: hash2 } = state;
  const known = heads.get(ledger);
  const start = known === void 0 ? await startOf(state, following) : ok(known);
  if (!start.ok) return start;
  const head = start.value;
  heads.set(ledger, head);
  if (head.seq > seq) return ok(void 0);
  let found2 = head.seq === seq ? head.hash : void 0;
  if (found2 === void 0) {
    const fetched = await fetchAfter(ledger, following, heads, (entry) => {
      if (entry.seq === seq) found2 = String(entry.hash);
    });
    if (!fetched.ok) return fetched;
  }
  if (found2 === hash2) return ok(void 0);
  return broken(
    `${ledger} entry ${seq}: ${found2 === void 0 ? "the broker signed for it and does not give it" : "it is not the one the broker signed for"}`
  );
}
async function startOf({ ledger, seq, hash: hash2 }, { from, auditor }) {
  const head = from.heads.get(ledger);
  if (head === void 0) return ok(from.isComplete ? { seq: 0, hash: GENESIS_HASH, at: "" } : { seq, hash: hash2, at: "" });
  if (head.hash !== "") return ok(head);
  const entry = await entryAt(ledger, head.seq, auditor);
  if (!entry.ok) return entry;
  return ok({ seq: head.seq, hash: String(entry.value?.hash ?? ""), at: String(entry.value?.at ?? "") });
}
async function entryAt(ledger, seq, auditor) {
  const page = await readPage(auditor, { ledger, after: `${ledger}:${Math.max(0, seq - 1)}`, limit: "1" });
  if (!page.ok) return page;
  const read2 = readLedgerLine(page.value.lines[0] ?? "");
  return ok(read2.is === "entry" && read2.entry.ledger === ledger && read2.entry.seq === seq ? read2.entry : void 0);
}
async function fetchAfter(ledger, following, heads, look = () => void 0) {
  const query2 = { ledger, after: `${ledger}:${heads.get(ledger)?.seq ?? 0}`, limit: PAGE_SIZE2 };
  return readPages(following.auditor, query2, (lines) => {
    for (const line4 of lines) {
      const seen = take2(line4, following, heads);
      if (!seen.ok) return seen;
      if (seen.value.is === "early") return broken(`${ledger} entry ${(heads.get(ledger)?.seq ?? 0) + 1}: it is missing`);
      look(seen.value.entry);
    }
    return ok(void 0);
  });
}
function take2(line4, { filter, write }, heads) {
  const seen = see(heads, line4);
  if (seen.ok && seen.value.is === "new" && matches2(seen.value.entry, filter)) write(`${line4}
`);
  return seen;
}
function broken(line4) {
  return err({ by: "chain", lines: [line4] });
}

// cli/ledger-follow.ts
var OVERLAP_MS = 15e3;
var LONGEST_WAIT_MS = 6e4;
async function followLedger(following) {
  const heads = /* @__PURE__ */ new Map();
  let at;
  let failures = 0;
  do {
    const step = at === void 0 ? await catchUp(following, heads) : await poll(following, heads, at);
    if (!step.ok && step.error.by !== "nobody") return step;
    if (step.ok) at = step.value;
    failures = tell3(step, failures, following);
  } while (await following.wait(waitAfter(failures, following.intervalMs)));
  return ok(void 0);
}
function tell3(step, failures, { say: say2, intervalMs }) {
  if (step.ok && failures > 0) say2("the broker answers again");
  if (step.ok) return 0;
  for (const line4 of step.error.lines) say2(line4);
  say2(`trying again in ${Math.ceil(waitAfter(failures + 1, intervalMs) / 1e3)} s`);
  return failures + 1;
}
function waitAfter(failures, intervalMs) {
  return Math.min(Math.max(intervalMs, LONGEST_WAIT_MS), intervalMs * 2 ** Math.max(0, Math.min(failures, 10) - 1));
}
async function poll(following, heads, at) {
  const early = /* @__PURE__ */ new Map();
  let newest = at;
  const read2 = await readPages(following.auditor, { since: shortlyBefore(at), limit: PAGE_SIZE2 }, (lines) => {
    for (const line4 of lines) {
      const seen = take2(line4, following, heads);
      if (!seen.ok) return seen;
      const { is, ledger, entry } = seen.value;
      if (is === "early") early.set(ledger, Number(entry.seq));
      if (String(entry.at) > newest) newest = String(entry.at);
    }
    return ok(void 0);
  });
  if (!read2.ok) return read2;
  for (const [ledger, seq] of early) {
    const fetched = await fetchAfter(ledger, following, heads);
    if (!fetched.ok) return fetched;
    const reached = heads.get(ledger)?.seq ?? 0;
    if (reached < seq) return broken(`${ledger} entry ${reached + 1}: it is missing, and entry ${seq} is there`);
  }
  return ok(newest);
}
function shortlyBefore(at) {
  const ms = Date.parse(at);
  return new Date(Math.max(0, (Number.isNaN(ms) ? 0 : ms) - OVERLAP_MS)).toISOString();
}

// cli/ledger-options.ts
var FILTER_OPTIONS = Object.fromEntries([...FILTER_NAMES, "since", "until"].map((name) => [name, "value"]));
function filterOf({ option }, nowMs) {
  const problems = [];
  const filter = {};
  for (const name of FILTER_NAMES) {
    const value = option(name);
    if (value !== void 0) filter[name] = value;
  }
  const { type } = filter;
  if (type !== void 0 && !isEntryType(type))
    problems.push(`--type: no type ${JSON.stringify(type)}${suggestion(type, Object.keys(ENTRIES))}`);
  for (const name of ["since", "until"]) {
    const value = option(name);
    const time3 = value === void 0 ? void 0 : timeOf(value, nowMs);
    if (time3 !== void 0) filter[name] = time3;
    else if (value !== void 0) problems.push(`--${name}: a time such as 2026-11-22T02:00:00Z, a date, or how long ago, such as 24h`);
  }
  return problems.length > 0 ? err(problems) : ok(filter);
}
function timeOf(text4, nowMs) {
  const ago = parseDuration(text4);
  return ago === void 0 ? instantText(text4) : new Date(nowMs - ago * 1e3).toISOString();
}
var FROM = /^(\S{1,400}):([0-9]{1,15})$/;
async function startingPointOf(from, resume) {
  if (from.length > 0 && resume !== void 0) return err(["--from or --resume, not both"]);
  if (resume !== void 0) return resumeFrom(resume);
  const heads = /* @__PURE__ */ new Map();
  for (const text4 of from) {
    const [, ledger = "", seq = ""] = FROM.exec(text4) ?? [];
    if (ledger === "") return err([`--from: ${JSON.stringify(text4)} is no LEDGER:SEQ such as v1:authorities:12`]);
    heads.set(ledger, { seq: Number(seq), hash: Number(seq) === 0 ? GENESIS_HASH : "", at: "" });
  }
  return ok({ heads, isComplete: false });
}
async function resumeFrom(path) {
  const { breaks, heads } = await readLedgerFile(path, /* @__PURE__ */ new Map());
  if (breaks.count > 0) return err([`--resume: the file is broken: ${breaks.first[0] ?? ""}`]);
  return ok({ heads: new Map([...heads].map(([ledger, head]) => [ledger, { ...head, at: "" }])), isComplete: true });
}

// cli/ledger-verify.ts
import { readFile as readFile6, stat as stat3 } from "node:fs/promises";
import { basename, resolve as resolve7 } from "node:path";

// cli/ledger-checkpoints.ts
import { createHash as createHash5, createPublicKey, verify } from "node:crypto";

// shared/checkpoint-fork.ts
function contradictions(one, other) {
  const [earlier, later] = orderOf(one.checkpoint) <= orderOf(other.checkpoint) ? [one, other] : [other, one];
  if (earlier.checkpoint.origin !== later.checkpoint.origin)
    return [`${later.name} is of ${later.checkpoint.origin}, ${earlier.name} of ${earlier.checkpoint.origin}: two brokers`];
  const fork = `${earlier.name} and ${later.name} are of two histories`;
  if (sameState(stateOf(earlier.checkpoint), stateOf(later.checkpoint)))
    return earlier.checkpoint.head === later.checkpoint.head ? [] : [`${AUTHORITY_LEDGER}: one entry records two checkpoints: ${fork}`];
  const reached = new Map(later.checkpoint.ledgers.map((state) => [state.ledger, state]));
  return earlier.checkpoint.ledgers.flatMap((state) => {
    const found2 = backwards(state, reached.get(state.ledger));
    return found2 === void 0 ? [] : [`${state.ledger}: ${found2}: ${fork}`];
  });
}
function backwards(before, after) {
  if (after === void 0) return `at entry ${before.seq} once, and later gone`;
  if (after.seq < before.seq) return `at entry ${before.seq} once, and later at entry ${after.seq}`;
  return after.seq === before.seq && after.hash !== before.hash ? `two hashes for entry ${before.seq}` : void 0;
}
function orderOf(checkpoint) {
  return stateOf(checkpoint)?.seq ?? checkpoint.entries;
}
function stateOf({ ledgers }) {
  return ledgers.find(({ ledger }) => ledger === AUTHORITY_LEDGER);
}
function sameState(one, other) {
  return one !== void 0 && one.seq === other?.seq && one.hash === other.hash;
}

// cli/ledger-checkpoints.ts
function parseNotes(notes3) {
  const problems = [];
  const read2 = [];
  for (const { name, note: note2 } of notes3) {
    const signed = readCheckpoint(note2, sha256Base64);
    if (signed.ok) read2.push({ name, checkpoint: signed.value.checkpoint, signed: signed.value });
    else problems.push(`${name}: ${signed.error}`);
  }
  return problems.length > 0 ? err(problems) : ok(read2);
}
function marksOf(checkpoints) {
  const marks = /* @__PURE__ */ new Map();
  for (const { ledger, seq } of checkpoints.flatMap(({ checkpoint }) => checkpoint.ledgers)) {
    const numbers = marks.get(ledger);
    if (numbers === void 0) marks.set(ledger, /* @__PURE__ */ new Set([seq]));
    else numbers.add(seq);
  }
  return marks;
}
function forks(checkpoints) {
  const recordOf = ({ checkpoint }) => checkpoint.ledgers.find(({ ledger }) => ledger === AUTHORITY_LEDGER)?.seq ?? checkpoint.entries;
  const inOrder2 = [...checkpoints].sort((one, other) => recordOf(one) - recordOf(other));
  return inOrder2.flatMap((checkpoint, index) => {
    const next = inOrder2[index + 1];
    return next === void 0 ? [] : contradictions(checkpoint, next);
  });
}
function compareWithFile({ name, checkpoint }, file) {
  const breaks = [];
  for (const { ledger, seq, hash: hash2 } of checkpoint.ledgers) {
    const found2 = seq === 0 ? hash2 : file.marked.get(markName(ledger, seq))?.hash;
    const last = file.heads.get(ledger)?.seq ?? 0;
    if (found2 === void 0) breaks.push(`${ledger} entry ${last}: ${name} knows entries up to ${seq}; the last ones are missing`);
    else if (found2 !== hash2) breaks.push(`${ledger} entry ${seq}: ${name} has another hash for it; the ledger was written anew`);
  }
  return breaks;
}
function recordOfCheckpoint({ checkpoint }, file) {
  const record2 = checkpoint.ledgers.find(({ ledger }) => ledger === AUTHORITY_LEDGER);
  const marked = record2 === void 0 ? void 0 : file.marked.get(markName(AUTHORITY_LEDGER, record2.seq));
  if (marked?.others === othersDigest(checkpoint.ledgers, sha256Base64)) return "recorded";
  const isOld = file.firstRecord === void 0 || record2 !== void 0 && record2.seq < file.firstRecord;
  return isOld ? "old" : "missing";
}
function uncovered(checkpoints, file) {
  const covered = /* @__PURE__ */ new Map();
  for (const { ledger, seq } of checkpoints.flatMap(({ checkpoint }) => checkpoint.ledgers))
    covered.set(ledger, Math.max(seq, covered.get(ledger) ?? 0));
  return file.entries - [...covered.values()].reduce((sum, seq) => sum + seq, 0);
}
var ed25519Key = looseObject({ kty: literal("OKP"), crv: literal("Ed25519"), x: base64url2() });
var keySet2 = looseObject({ keys: array(unknown()) });
function verifyCheckpoint(signed, keys) {
  const read2 = keySet2.safeParse(keys);
  const candidates = (read2.success ? read2.data.keys : []).flatMap((key) => {
    const candidate = ed25519Key.safeParse(key);
    return candidate.success ? [candidate.data] : [];
  });
  if (candidates.length === 0) return err("the key set has no Ed25519 key");
  for (const { keyName, blob } of signed.signatures) {
    for (const { x } of candidates) if (signedBy(signed.body, keyName, Buffer.from(blob, "base64"), x)) return ok(keyName);
  }
  return err("no key of the key set made a signature of the checkpoint");
}
function signedBy(body, keyName, blob, x) {
  const keyId = noteKeyId(keyName, Buffer.from(x, "base64url"), (bytes) => createHash5("sha256").update(bytes).digest());
  if (!blob.subarray(0, keyId.length).equals(keyId)) return false;
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(null, Buffer.from(body), key, blob.subarray(keyId.length));
}
function sha256Base64(text4) {
  return createHash5("sha256").update(text4).digest("base64");
}

// cli/ledger-verify.ts
async function verifyLedger(request, io) {
  const cannot5 = (sentence2) => {
    io.stderr(`jobpass ledger verify: ${sentence2}
`);
    return EXIT.couldNotRun;
  };
  try {
    const path = resolve7(io.cwd, request.file);
    const keysText2 = request.keys === void 0 ? void 0 : await readFile6(resolve7(io.cwd, request.keys), "utf8");
    const keys = keysText2 === void 0 ? ok(void 0) : parseKeys(keysText2);
    if (!keys.ok) return cannot5(keys.error);
    const notes3 = await readNotes(request, path, io.cwd);
    if (!notes3.ok) return cannot5(notes3.error);
    const parsed = parseNotes(notes3.value);
    const checkpoints = parsed.ok ? parsed.value : [];
    const file = await readLedgerFile(path, marksOf(checkpoints));
    const evidence = { file, checkpoints, keys: keys.value ?? file.keys, keysFromFile: keys.value === void 0 };
    return judge2(evidence, parsed.ok ? [] : parsed.error, io);
  } catch (error2) {
    return cannot5(reason(error2));
  }
}
async function readNotes({ checkpoints }, path, cwd) {
  const given = [];
  for (const name of checkpoints) given.push({ name: `checkpoint ${basename(name)}`, note: await readFile6(resolve7(cwd, name), "utf8") });
  if (given.length > 0) return ok(given);
  const isFile = (await stat3(path)).isFile();
  return isFile ? ok(await notesIn(path)) : err("FILE is read twice, so it must be a file and not a pipe; or pass --checkpoint");
}
function parseKeys(text4) {
  try {
    return ok(JSON.parse(text4));
  } catch {
    return err("--keys: a JSON key set, as GET /.well-known/jwks.json answers it");
  }
}
function judge2(evidence, unreadable2, io) {
  const { file, checkpoints, keys } = evidence;
  const signers = keys === void 0 ? [] : checkpoints.map(({ name, signed }) => ({ name, signer: verifyCheckpoint(signed, keys) }));
  const forged = signers.flatMap(({ name, signer }) => signer.ok ? [] : [`${name}: ${signer.error}`]);
  const forked = forks(checkpoints);
  const broken2 = [...file.breaks.first, ...unreadable2, ...forged, ...checkpointBreaks(evidence)];
  tellMisfits(file.misfits, io);
  if (broken2.length + forked.length > 0) return tellBroken({ broken: broken2, forked, chains: file.breaks }, io);
  if (checkpoints.length === 0) return unsigned(io, file, "there is no checkpoint, so entries missing at the end would not show");
  if (keys === void 0) return unsigned(io, file, "there are no keys, so the checkpoint could be anybody’s");
  tellIntact(evidence, [...new Set(signers.flatMap(({ signer }) => signer.ok ? [signer.value] : []))], io);
  return EXIT.success;
}
function checkpointBreaks({ file, checkpoints }) {
  if (file.breaks.count > 0) return [];
  return checkpoints.flatMap((checkpoint) => {
    const breaks = compareWithFile(checkpoint, file);
    if (breaks.length > 0 || recordOfCheckpoint(checkpoint, file) !== "missing") return breaks;
    return [`${checkpoint.name}: it was signed and is not on record in the ledger, as every checkpoint is: there is another history`];
  });
}
var MAX_LINES = 20;
function tellBroken({ broken: broken2, forked, chains }, io) {
  for (const line4 of forked.slice(0, MAX_LINES)) io.stderr(`fork: ${shown(line4)}
`);
  for (const line4 of broken2.slice(0, MAX_LINES)) io.stderr(`broken: ${shown(line4)}
`);
  const more = forked.length + broken2.length + chains.count - chains.first.length;
  const told = Math.min(forked.length, MAX_LINES) + Math.min(broken2.length, MAX_LINES);
  if (more > told) io.stderr(`and ${more - told} more
`);
  return EXIT.broken;
}
function tellMisfits({ first, count: count2 }, io) {
  for (const line4 of first) io.stderr(`unfit: ${shown(line4)}
`);
  if (count2 > first.length) io.stderr(`unfit: and ${count2 - first.length} more
`);
  if (count2 > 0)
    io.stderr("Entries that are unfit are chained as they should be; a broker newer than this jobpass may have written them.\n");
}
function tellIntact({ file, checkpoints, keysFromFile }, signers, io) {
  const what = checkpoints.length === 1 ? "checkpoint" : `${checkpoints.length} checkpoints`;
  io.stdout(`intact: ${file.entries} entries in ${file.heads.size} ledgers, ${what} signed by ${signers.map(shown).join(" and ")}
`);
  const after = uncovered(checkpoints, file);
  if (after > 0) io.stdout(`${after} of them came after the checkpoint, which does not cover them
`);
  for (const checkpoint of checkpoints) {
    if (recordOfCheckpoint(checkpoint, file) === "old")
      io.stdout(`${checkpoint.name} is not on record in the ledger: it is from before checkpoints were recorded
`);
  }
  if (keysFromFile) io.stdout("the keys are those in the file itself; compare them with the broker’s, or pass --keys\n");
}
function unsigned(io, file, why) {
  io.stderr(`the chains of ${file.entries} entries hold, but no signature was checked: ${why}
`);
  return EXIT.couldNotRun;
}
var MAX_CHARACTERS = 500;
function shown(line4) {
  return printable(line4.length > MAX_CHARACTERS ? `${line4.slice(0, MAX_CHARACTERS)}…` : line4);
}

// cli/commands/ledger.ts
var ledgerHelp = `jobpass ledger export --broker URL [--audience AUD]
jobpass ledger show --broker URL [FILTER …] [--audience AUD]
jobpass ledger follow --broker URL [FILTER …] [--from LEDGER:SEQ …] [--resume FILE] [--interval 5s] [--audience AUD]
jobpass ledger verify FILE [--checkpoint FILE …] [--keys FILE]

export, show and follow run as an auditor: the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and
ACTIONS_ID_TOKEN_REQUEST_TOKEN. Each call of the broker is an entry of the ledger itself.

export prints every entry, one JSON object a line, then a signed checkpoint (taken first) and the key set.

show prints the entries that fit every filter. FILTER is one of
  --workload NAME  --grant NAME  --run ID  --type TYPE  --lease ID  --decision ID
  --since TIME  --until TIME    2026-11-22T02:00:00Z, a date, or how long ago: 24h

follow prints new entries as they come and holds each against the chain before it. While the broker cannot be
reached it tries again. A filter chooses what is printed; everything is checked.
  --from LEDGER:SEQ  goes on after this entry of this ledger; other ledgers are followed from now
  --resume FILE      goes on where an export, or what follow printed without a filter, ends (/dev/null: all of it)
  --interval 5s      how long to wait between two calls

verify checks an export offline: that no entry was changed, removed, added or moved, that every checkpoint is
signed, is on record in the ledger and agrees with it, and that no two checkpoints are of two histories.
A checkpoint and keys kept elsewhere prove more than those in the file, which its editor could replace.
Entries that are chained well but do not fit their type (docs/ledger.md) are named; they break nothing.
  --checkpoint FILE  a checkpoint as GET /ledger/checkpoint answers it, instead of the file's own; may be repeated
  --keys FILE        a key set as GET /.well-known/jwks.json answers it

Exit: 0 intact, or done · 2 could not run, or no signature could be checked · 4 the broker refused
      5 broken or forked, and where
`;
var ACTIONS2 = /* @__PURE__ */ new Map([
  ["export", exportAction],
  ["show", showAction],
  ["follow", followAction],
  ["verify", verifyAction]
]);
async function ledgerCommand(args, io) {
  const [action, ...rest] = args;
  const run3 = ACTIONS2.get(action ?? "");
  if (run3 !== void 0) return run3(rest, io);
  const names = "export, show, follow and verify";
  return usageError(io, "ledger", [
    action === void 0 ? `one of ${names} is missing` : `no action ${JSON.stringify(action)}; there are ${names}`
  ]);
}
async function exportAction(args, io) {
  const read2 = readAuditor(args, {});
  if (!read2.ok) return usageError(io, "ledger export", read2.error);
  return finish("export", await exportLedger(read2.value.auditor, io.stdout), io);
}
async function showAction(args, io) {
  const read2 = readAuditor(args, FILTER_OPTIONS);
  if (!read2.ok) return usageError(io, "ledger show", read2.error);
  const filter = filterOf(read2.value.options, Date.now());
  if (!filter.ok) return usageError(io, "ledger show", filter.error);
  const query2 = Object.fromEntries(Object.entries(filter.value).map(([name, value]) => [name, value ?? ""]));
  const shown2 = await readPages(read2.value.auditor, query2, (lines) => {
    for (const line4 of lines) io.stdout(`${line4}
`);
    return ok(void 0);
  });
  return finish("show", shown2, io);
}
async function followAction(args, io) {
  const read2 = readAuditor(args, { ...FILTER_OPTIONS, from: "repeated", resume: "value", interval: "value" });
  if (!read2.ok) return usageError(io, "ledger follow", read2.error);
  const { auditor, options } = read2.value;
  const filter = filterOf(options, Date.now());
  const intervalMs = (parseDuration(options.option("interval") ?? "5s") ?? 0) * 1e3;
  if (!filter.ok) return usageError(io, "ledger follow", filter.error);
  if (intervalMs === 0) return usageError(io, "ledger follow", ["--interval: how long to wait, such as 5s or 1m"]);
  const say2 = (line4) => io.stderr(`jobpass ledger follow: ${printable(line4)}
`);
  const cannot5 = (line4) => {
    say2(line4);
    return EXIT.couldNotRun;
  };
  const resume = options.option("resume");
  try {
    const from = await startingPointOf(options.all("from"), resume === void 0 ? void 0 : resolve8(io.cwd, resume));
    if (!from.ok) return usageError(io, "ledger follow", from.error);
    const token = await auditor.idToken(auditor.audience);
    if (!token.ok) return cannot5(token.error);
    const wait = (ms) => sleep3(ms, true);
    const following = { auditor, from: from.value, filter: filter.value, intervalMs, write: io.stdout, say: say2, wait };
    return finish("follow", await followLedger(following), io);
  } catch (error2) {
    return cannot5(reason(error2));
  }
}
async function verifyAction(args, io) {
  const read2 = readOptions(args, { operands: ["FILE"], options: { checkpoint: "repeated", keys: "value" } });
  if (!read2.ok) return usageError(io, "ledger verify", read2.error);
  const { operands, option, all } = read2.value;
  return verifyLedger({ file: operands[0] ?? "", checkpoints: all("checkpoint"), keys: option("keys") }, io);
}
function readAuditor(args, more) {
  const read2 = readOptions(args, { operands: [], options: { broker: "required", audience: "value", ...more } });
  if (!read2.ok) return read2;
  const origin = brokerOrigin(read2.value.option("broker") ?? "");
  if (!origin.ok) return err([origin.error]);
  const audience2 = read2.value.option("audience") ?? origin.value;
  return ok({ auditor: { broker: origin.value, audience: audience2, idToken: runnerIdTokens(process.env) }, options: read2.value });
}
function finish(action, done, io) {
  if (done.ok) return EXIT.success;
  const { by, lines } = done.error;
  for (const line4 of lines) io.stderr(`${by === "chain" ? "broken" : `jobpass ledger ${action}`}: ${printable(line4)}
`);
  if (by === "chain") return EXIT.broken;
  return by === "broker" ? EXIT.refused : EXIT.couldNotRun;
}

// cli/commands/pin.ts
import { resolve as resolve9 } from "node:path";

// shared/secret.ts
var Secret = class {
  #value;
  constructor(value) {
    this.#value = value;
  }
  reveal() {
    return this.#value;
  }
  toString() {
    return "[secret]";
  }
  toJSON() {
    return "[secret]";
  }
};

// cli/pinning/api-of-issuer.ts
var GITHUB_API = "https://api.github.com";
function apiOfIssuer(issuer3) {
  if (!URL.canParse(issuer3)) return void 0;
  const { hostname: hostname2, host, pathname } = new URL(issuer3);
  if (hostname2 === "token.actions.githubusercontent.com") return GITHUB_API;
  const [, tenant] = /^token\.actions\.([a-z0-9-]+)\.ghe\.com$/.exec(hostname2) ?? [];
  if (tenant !== void 0) return `https://api.${tenant}.ghe.com`;
  return pathname.replace(/\/$/, "") === "/_services/token" ? `https://${host}/api/v3` : void 0;
}
function isApiOf(api, issuer3) {
  if (isLoopback(new URL(api.url).hostname)) return true;
  const own2 = apiOfIssuer(issuer3);
  return own2 === void 0 ? api.isNamed : own2 === api.url;
}
function readApiUrl(text4, option) {
  if (!URL.canParse(text4)) return err(`${option}: ${JSON.stringify(text4)} is not a URL such as ${GITHUB_API}`);
  const url = new URL(text4);
  if (!isSecure(url)) return err(`${option}: https is needed (http only for a loopback address)`);
  if (url.username !== "" || url.password !== "") return err(`${option}: a URL without a user name`);
  if (url.search !== "" || url.hash !== "") return err(`${option}: a URL without query and fragment`);
  return ok(`${url.origin}${url.pathname}`.replace(/\/+$/, ""));
}

// cli/pinning/ask-all.ts
var AT_ONCE = 4;
async function askAll(all, ask) {
  const answers = [];
  for (let next = 0; next < all.length; next += AT_ONCE) {
    for (const answer2 of await Promise.all(all.slice(next, next + AT_ONCE).map(ask))) {
      if (!answer2.ok) return answer2;
      answers.push(answer2.value);
    }
  }
  return ok(answers);
}

// cli/pinning/github-names.ts
var API_VERSION = "2022-11-28";
var requestTimeoutMs3 = 15e3;
var maxAnswerBytes2 = 1048576;
var OWNER3 = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
var REPOSITORY3 = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
var repository = looseObject({ id: int().positive(), full_name: string2() });
var owner2 = looseObject({ id: int().positive(), login: string2() });
var moved = looseObject({ url: string2() });
function githubNames(api) {
  const asked5 = /* @__PURE__ */ new Map();
  const once2 = (key, ask) => {
    const answer2 = asked5.get(key) ?? ask();
    asked5.set(key, answer2);
    return answer2;
  };
  return {
    look: (thing, name) => once2(`${thing} ${name}`, () => thing === "owner" ? lookOwner(api, name) : lookRepository(api, name)),
    ownerById: (id4) => once2(`id ${id4}`, () => lookOwner(api, id4, `/user/${id4}`))
  };
}
async function lookOwner(api, name, path = `/users/${name}`) {
  if (!OWNER3.test(name)) return ok({ outcome: "impossible" });
  const answer2 = await call(api, `${api.url}${path}`);
  if (!answer2.ok) return answer2;
  const read2 = owner2.safeParse(jsonOf2(answer2.value));
  return judge3(answer2.value, read2.success ? { id: String(read2.data.id), name: read2.data.login } : void 0, name);
}
async function lookRepository(api, name) {
  if (!REPOSITORY3.test(name)) return ok({ outcome: "impossible" });
  const first = await call(api, `${api.url}/repos/${name}`);
  if (!first.ok) return first;
  const towards = first.value.status >= 300 && first.value.status < 400 ? redirectOf(first.value, api) : void 0;
  const answer2 = towards === void 0 ? first : await call(api, towards);
  if (!answer2.ok) return answer2;
  const read2 = repository.safeParse(jsonOf2(answer2.value));
  return judge3(answer2.value, read2.success ? { id: String(read2.data.id), name: read2.data.full_name } : void 0, name);
}
function redirectOf(answer2, { url }) {
  const location = answer2.headers.get("location") ?? moved.safeParse(jsonOf2(answer2)).data?.url;
  if (location === void 0 || !URL.canParse(location, `${url}/`)) return void 0;
  const target = new URL(location, `${url}/`);
  const base = new URL(url);
  const below = target.pathname.startsWith(`${base.pathname.replace(/\/$/, "")}/repositories/`);
  return target.origin === base.origin && below && target.username === "" && target.password === "" ? target.href : void 0;
}
function judge3({ status, headers }, seen, asked5) {
  if (status === 200) {
    if (seen === void 0) return err("the API answers with something that is no owner and no repository: check --api-url");
    return ok({ outcome: sameText(seen.name, asked5, true) ? "found" : "renamed", ...seen });
  }
  if (status === 404) return ok({ outcome: "nothing" });
  if (status === 401) return err("the API answers 401: the token is not valid, or has expired");
  const limit = limitText2(status, headers);
  if (limit !== void 0) return err(limit);
  if (status === 403 || status === 451) return ok({ outcome: "unreadable", status });
  return err(`the API answers ${status} where a name was asked for${status < 400 ? ", towards another place, which is not followed" : ""}`);
}
function limitText2(status, headers) {
  const isLimit = status === 429 || status === 403 && (headers.get("x-ratelimit-remaining") === "0" || headers.has("retry-after"));
  if (!isLimit) return void 0;
  const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN);
  const until = Number.isSafeInteger(reset) && reset > 0 && reset < 1e11 ? ` until ${new Date(reset * 1e3).toISOString()}` : "";
  return `the API takes no more calls${until}; with a token it takes more than without`;
}
async function call({ token }, url) {
  try {
    const response = await fetch(url, {
      headers: {
        accept: "application/vnd.github+json",
        "user-agent": "jobpass-cli",
        "x-github-api-version": API_VERSION,
        ...token === void 0 ? {} : { authorization: `Bearer ${token.reveal()}` }
      },
      redirect: "manual",
      signal: AbortSignal.timeout(requestTimeoutMs3)
    });
    const text4 = await boundedText(response, maxAnswerBytes2);
    return text4 === void 0 ? err(`${new URL(url).origin} answers more than ${maxAnswerBytes2} bytes`) : ok({ status: response.status, headers: response.headers, text: text4 });
  } catch (error2) {
    return err(`${new URL(url).origin} could not be reached: ${reason(error2)}`);
  }
}

// cli/pinning/pin-sites.ts
var ID_KEYS = ["id", "repository_id", "repository_owner_id"];
function findPinSites(files) {
  const issuers = new Map(files.flatMap((file) => recordsOf(file, "issuers").flatMap(githubIssuer)));
  return files.flatMap((file) => [
    ...recordsOf(file, "issuers").flatMap(([name, issuer3]) => ownerSites(file, name, issuer3)),
    ...recordsOf(file, "workloads").flatMap(([name, workload3]) => workloadSites(file, { name, workload: workload3, issuers }))
  ]);
}
function recordsOf({ value }, section3) {
  const records2 = isJsonObject(value) ? value[section3] : void 0;
  if (!isJsonObject(records2)) return [];
  return Object.entries(records2).flatMap(([name, record2]) => isJsonObject(record2) ? [[name, record2]] : []);
}
function githubIssuer([name, { platform, url }]) {
  return platform === "github" && typeof url === "string" ? [[name, url]] : [];
}
function ownerSites(file, name, issuer3) {
  const [[, url] = ["", ""]] = githubIssuer([name, issuer3]);
  if (url === "" || !Array.isArray(issuer3.owners)) return [];
  return issuer3.owners.flatMap((owner3, index) => {
    const path = ["issuers", name, "owners", index];
    return isJsonObject(owner3) ? siteOf({ file, path, map: owner3, issuer: url }, { key: "name", idKey: "id", thing: "owner" }) : [];
  });
}
function workloadSites(file, { name, workload: workload3, issuers }) {
  const issuer3 = typeof workload3.issuer === "string" ? issuers.get(workload3.issuer) : void 0;
  if (issuer3 === void 0 || !isJsonObject(workload3.is)) return [];
  const place3 = { file, path: ["workloads", name, "is"], map: workload3.is, issuer: issuer3 };
  return [
    ...siteOf(place3, { key: "repository", idKey: "repository_id", thing: "repository" }),
    ...siteOf(place3, { key: "repository_owner", idKey: "repository_owner_id", thing: "owner" })
  ];
}
function siteOf({ file, path, map, issuer: issuer3 }, { key, idKey, thing }) {
  const names = textsOf(map[key]);
  if (names.length === 0) return [];
  const ids = Object.hasOwn(map, idKey) ? { ids: textsOf(map[idKey]) } : {};
  return [{ file, path: [...path, key], thing, names, idKey, issuer: issuer3, ...ids }];
}

// cli/pinning/pin-edit.ts
var BEFORE_KEY = /^ *(?:- +)*$/;
function withPins(text4, pins) {
  const insertions = /* @__PURE__ */ new Map();
  for (const pin2 of pins) {
    const insertion = insertionOf(text4, pin2);
    if (insertion === void 0) return { uneditable: pin2 };
    insertions.set(insertion.at, insertion);
  }
  let edited = "";
  let done = 0;
  for (const { at, text: inserted } of [...insertions.values()].sort((a, b) => a.at - b.at)) {
    edited += text4.slice(done, at) + inserted;
    done = at;
  }
  edited += text4.slice(done);
  const unproved = firstUnproved(edited, pins);
  return unproved === void 0 ? { text: edited } : { uneditable: unproved };
}
function insertionOf(text4, { site, ids }) {
  const layout2 = site.file.layoutOf(site.path);
  if (layout2 === void 0) return void 0;
  const entry = `${site.idKey}: ${idsText(ids)}`;
  return layout2.style === "flow" ? { at: layout2.valueEnd, text: `, ${entry}` } : lineAfter(text4, layout2, entry);
}
function lineAfter(text4, { keyStart, valueEnd }, entry) {
  const lineStart = text4.lastIndexOf("\n", keyStart - 1) + 1;
  if (!BEFORE_KEY.test(text4.slice(lineStart, keyStart))) return void 0;
  const feed = text4.indexOf("\n", text4[valueEnd - 1] === "\n" ? valueEnd - 1 : valueEnd);
  const end = feed < 0 ? text4.length : feed;
  const isCrlf = text4[end - 1] === "\r";
  return { at: isCrlf ? end - 1 : end, text: `${isCrlf ? "\r\n" : "\n"}${" ".repeat(keyStart - lineStart)}${entry}` };
}
function idsText(ids) {
  const quoted2 = [...new Set(ids)].map((id4) => `"${id4}"`);
  return quoted2.length === 1 ? quoted2.join("") : `[${quoted2.join(", ")}]`;
}
function firstUnproved(edited, pins) {
  const [first] = pins;
  if (first === void 0) return void 0;
  const { value: before, name } = first.site.file;
  const { value: after, problems } = parsePolicyFile({ name, text: edited });
  if (problems.length > 0 || before === void 0 || after === void 0 || !saysTheSame(before, after)) return first;
  return pins.find((pin2) => !isWritten(after, pin2));
}
function isWritten(value, { site, ids }) {
  const map = site.path.slice(0, -1).reduce(memberOf, value);
  const written = isJsonObject(map) ? textsOf(map[site.idKey]) : [];
  const wanted = [...new Set(ids)];
  return written.length === wanted.length && wanted.every((id4, index) => written[index] === id4);
}
function memberOf(value, step) {
  if (Array.isArray(value)) return typeof step === "number" ? value[step] : void 0;
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : void 0;
}
function saysTheSame(before, after) {
  if (Array.isArray(before)) {
    return Array.isArray(after) && before.length === after.length && before.every((item, index) => saysTheSame(item, after[index]));
  }
  if (!isJsonObject(before)) return before === after;
  if (!isJsonObject(after)) return false;
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  if (!added.every((key) => ID_KEYS.some((idKey) => idKey === key))) return false;
  return Object.entries(before).every(([key, value]) => {
    const now = after[key];
    return now !== void 0 && Object.hasOwn(after, key) && saysTheSame(value, now);
  });
}

// cli/pinning/pin-findings.ts
var DECIMAL_ID3 = /^[1-9][0-9]{0,18}$/;
function findingAt({ file, path, names }, index, [severity, id4, message2]) {
  const at = names.length > 1 ? [...path, index] : path;
  return { file: file.name, ...file.positionOf(at, "value"), severity, id: id4, message: message2 };
}
async function resolveNames(site, github2) {
  const pattern2 = site.names.findIndex((name) => name.includes("*"));
  if (pattern2 >= 0) {
    const message2 = `${quoted(site.names[pattern2] ?? "")} is a pattern: it stays without an id, and means whoever has such a name in the fence`;
    return ok({ findings: [findingAt(site, pattern2, ["info", "pattern-not-pinned", message2])] });
  }
  const findings2 = [];
  const ids = [];
  for (const [index, name] of site.names.entries()) {
    const lookup = await github2.look(site.thing, name);
    if (!lookup.ok) return lookup;
    if (lookup.value.outcome === "found") ids.push(lookup.value.id);
    else findings2.push(findingAt(site, index, unresolved(site, name, lookup.value)));
  }
  return ok(findings2.length > 0 ? { findings: findings2 } : { findings: findings2, pin: { site, ids } });
}
async function verifyNames(site, github2) {
  const ids = site.ids ?? [];
  const findings2 = [];
  const seen = /* @__PURE__ */ new Set();
  for (const [index, name] of site.names.entries()) {
    if (name.includes("*")) return ok({ findings: [] });
    const lookup = await lookPinned(site, name, github2);
    if (!lookup.ok) return lookup;
    if ("id" in lookup.value) seen.add(lookup.value.id);
    const problem = pinnedProblem(site, name, lookup.value);
    if (problem !== void 0) findings2.push(findingAt(site, index, problem));
  }
  const idle = ids.find((id4) => !seen.has(id4));
  if (findings2.length === 0 && idle !== void 0) {
    findings2.push(
      findingAt(site, 0, ["error", "name-and-id-differ", `the ${site.idKey} ${quoted(idle)} belongs to none of the names beside it`])
    );
  }
  return ok({ findings: findings2 });
}
async function lookPinned(site, name, github2) {
  const lookup = await github2.look(site.thing, name);
  const [id4] = site.ids ?? [];
  const canAskById = site.thing === "owner" && site.names.length === 1 && id4 !== void 0 && DECIMAL_ID3.test(id4);
  return lookup.ok && lookup.value.outcome === "nothing" && canAskById ? github2.ownerById(id4) : lookup;
}
function pinnedProblem({ thing, idKey, ids = [] }, name, lookup) {
  if (!("id" in lookup)) return missing(thing, name, lookup);
  const isPinned = ids.includes(lookup.id);
  if (!isPinned) {
    const now = lookup.outcome === "renamed" ? `leads to ${quoted(lookup.name)} with the id` : "has the id";
    const message2 = `the ${thing} ${quoted(name)} ${now} "${lookup.id}", and the policy pins ${ids.map(quoted).join(", ") || "none"} (${idKey}): another ${thing} has taken the name, or one of the two is wrong`;
    return ["error", "name-and-id-differ", message2];
  }
  if (lookup.outcome === "found") return void 0;
  return [
    "warning",
    "name-changed",
    `the ${thing} ${quoted(name)} is called ${quoted(lookup.name)} now; its id is the pinned one: write the new name`
  ];
}
function unresolved({ thing }, name, lookup) {
  if (lookup.outcome !== "renamed") return missing(thing, name, lookup);
  const message2 = `the ${thing} ${quoted(name)} is called ${quoted(lookup.name)} now: write the name of the one that is meant, and pin it again`;
  return ["warning", "name-changed", message2];
}
function missing(thing, name, lookup) {
  if (lookup.outcome === "impossible") {
    return ["error", "name-not-found", `${quoted(name)} is nothing GitHub could call ${thing === "owner" ? "an owner" : "a repository"}`];
  }
  if (lookup.outcome === "unreadable") {
    return ["warning", "name-not-readable", `the API answers ${lookup.status} for the ${thing} ${quoted(name)}: the token may not read it`];
  }
  return ["error", "name-not-found", `there is no ${thing} ${quoted(name)}, or the token may not see it`];
}

// cli/pinning/write-text.ts
import { readFile as readFile7, realpath, rename as rename2, rm as rm3, stat as stat4, writeFile as writeFile3 } from "node:fs/promises";
var BYTE_ORDER_MARK = "\uFEFF";
async function replaceText(path, before, after) {
  let draft;
  try {
    const file = await realpath(path);
    const now = await readFile7(file, "utf8");
    const mark = now.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    if (now !== mark + before) return err(`${path} was changed meanwhile; nothing was written to it`);
    const { mode } = await stat4(file);
    draft = `${file}.jobpass-pin`;
    await writeFile3(draft, mark + after, { mode, flag: "wx" });
    await rename2(draft, file);
    return ok(true);
  } catch (thrown) {
    if (draft !== void 0 && !isTaken(thrown)) await rm3(draft, { force: true });
    return err(`${path} could not be written: ${reason(thrown)}`);
  }
}
function isTaken(thrown) {
  return thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST";
}

// cli/commands/pin.ts
var pinHelp = `jobpass pin DIR [--verify] [--api-url URL]

Asks GitHub for the ids of the owners and repositories that issuers and workloads name, and writes those that are missing beside
the names: in place, every comment and line as it was. A pinned id is never changed.

  --verify       writes nothing; reports names and ids that no longer belong together, names that were changed, and names that are gone
  --api-url URL  the server's REST API (default: GITHUB_API_URL, else ${GITHUB_API})

The token comes from GITHUB_TOKEN or GH_TOKEN; without one GitHub shows public repositories alone, and few at a time. It needs to read
metadata, nothing more. Findings are printed as those of \`check\`: FILE:LINE:COLUMN: severity id: message.
Exit: 0 pinned, or all belong together · 1 something was found · 2 could not run; nothing was written.
`;
var SPEC8 = { operands: ["DIR"], options: { verify: "flag", "api-url": "value" } };
async function pinCommand(args, io) {
  const read2 = readOptions(args, SPEC8);
  if (!read2.ok) return usageError(io, "pin", read2.error);
  const api = readApi(read2.value, process.env);
  if (!api.ok) return usageError(io, "pin", [api.error]);
  const [dir = "."] = read2.value.operands;
  const files = await readPolicyFolder(dir, io.cwd);
  if (!files.ok) return couldNotRun(io, files.error);
  const unreadable2 = mergePolicyFiles(files.value).findings;
  if (unreadable2.length > 0) return tell4(io, inOrder(unreadable2));
  if (api.value.token === void 0) io.stderr("jobpass pin: no GITHUB_TOKEN: only what is public can be seen\n");
  const sites = findPinSites(files.value.map(parsePolicyFile));
  return read2.value.flag("verify") ? verify2(sites, api.value, io) : pin({ sites, dir, files: files.value }, api.value, io);
}
function readApi(options, env) {
  const named2 = options.option("api-url");
  const url = readApiUrl(named2 ?? (env.GITHUB_API_URL || GITHUB_API), named2 === void 0 ? "GITHUB_API_URL" : "--api-url");
  if (!url.ok) return url;
  const token = env.GITHUB_TOKEN || env.GH_TOKEN || void 0;
  if (token !== void 0 && !/^[\x21-\x7e]+$/.test(token)) return err("GITHUB_TOKEN or GH_TOKEN holds characters that no token has");
  return ok({ url: url.value, token: token === void 0 ? void 0 : new Secret(token), isNamed: named2 !== void 0 });
}
async function verify2(sites, api, io) {
  const pinned = sites.filter(({ ids }) => ids !== void 0);
  const github2 = githubNames(api);
  const judged = await askAll(
    pinned.filter(({ issuer: issuer3 }) => isApiOf(api, issuer3)),
    (site) => verifyNames(site, github2)
  );
  if (!judged.ok) return couldNotRun(io, judged.error);
  const exit = tell4(io, inOrder([...judged.value.flatMap(({ findings: findings2 }) => findings2), ...pinned.flatMap((site) => elsewhere(site, api))]));
  const open2 = sites.length - pinned.length;
  const without2 = open2 === 0 ? "" : `; ${open2} without an id were passed over, jobpass pin writes them`;
  io.stderr(`${judged.value.length} places with a name and an id were looked at${without2}
`);
  return exit;
}
async function pin({ sites, dir, files }, api, io) {
  const open2 = sites.filter(({ ids }) => ids === void 0);
  const github2 = githubNames(api);
  const judged = await askAll(
    open2.filter(({ issuer: issuer3 }) => isApiOf(api, issuer3)),
    (site) => resolveNames(site, github2)
  );
  if (!judged.ok) return couldNotRun(io, judged.error);
  const pins = judged.value.flatMap(({ pin: found2 }) => found2 === void 0 ? [] : [found2]);
  const findings2 = [...judged.value.flatMap(({ findings: own2 }) => own2), ...open2.flatMap((site) => elsewhere(site, api))];
  const problems = [];
  for (const file of files) {
    const edit = editFile(
      file,
      pins.filter(({ site }) => site.file.name === file.name)
    );
    const written = edit.text === file.text ? ok(true) : await replaceText(resolve9(io.cwd, dir, file.name), file.text, edit.text);
    if (written.ok) findings2.push(...edit.findings);
    else problems.push(written.error);
  }
  const exit = tell4(io, inOrder(findings2));
  for (const problem of problems) io.stderr(`jobpass pin: ${problem}
`);
  return problems.length > 0 ? EXIT.couldNotRun : exit;
}
function editFile({ text: text4 }, pins) {
  const findings2 = [];
  let left = pins;
  for (; ; ) {
    const edit = withPins(text4, left);
    if ("text" in edit) return { text: edit.text, findings: [...findings2, ...left.map(pinnedFinding)] };
    const { uneditable } = edit;
    left = left.filter((one) => one !== uneditable);
    const { idKey } = uneditable.site;
    const message2 = `this line is not in a form that pin edits: write ${idKey}: ${JSON.stringify(uneditable.ids)} beside it`;
    findings2.push(findingAt(uneditable.site, 0, ["warning", "not-editable", message2]));
  }
}
function pinnedFinding({ site, ids }) {
  return findingAt(site, 0, ["info", "pinned", `${site.idKey} ${ids.join(", ")} was written beside ${site.names.join(", ")}`]);
}
function elsewhere(site, api) {
  if (isApiOf(api, site.issuer)) return [];
  const own2 = apiOfIssuer(site.issuer);
  const message2 = `not looked up: this name belongs to ${own2 ?? site.issuer}; run it with ${own2 === void 0 ? "the --api-url of that server" : `--api-url ${own2}`}`;
  return [findingAt(site, 0, ["info", "other-server", message2])];
}
function tell4(io, findings2) {
  io.stdout(findings2.map(textLine).join(""));
  return findings2.every(({ severity }) => severity === "info") ? EXIT.success : EXIT.findings;
}
function couldNotRun(io, problem) {
  io.stderr(`jobpass pin: ${problem}
`);
  return EXIT.couldNotRun;
}

// shared/policy/plan-condition.ts
var FAIL_ON = ["none", "widen", "any"];
function isFailing({ grants, issuers }, failOn) {
  if (failOn === "widen") return grants.some(widens) || issuers.some((change2) => change2.widens);
  return failOn === "any" && grants.length + issuers.length > 0;
}

// shared/policy/plan-json.ts
function planJson({ base, head, grants, issuers }) {
  const more = issuers.length === 0 ? {} : { issuers: issuers.map(issuerJson) };
  return `${JSON.stringify({ base, head, grants: grants.map(grantJson), ...more }, null, 2)}
`;
}
function grantJson({ grant: grant3, change: change2, newly, noLonger, scope: scope3, ttl, terms, isCut }) {
  return {
    grant: grant3,
    change: change2,
    newly: newly.map(witnessJson),
    no_longer: noLonger.map(witnessJson),
    scope: scope3,
    ttl,
    ...term("connection", terms.words),
    ...term("limits", terms.words),
    ...isCut ? { cut: true } : {}
  };
}
function witnessJson({ payload }) {
  return { witness: payload };
}
function term(about, words) {
  const change2 = words.find((word3) => word3.about === about);
  return change2 === void 0 ? {} : { [about]: change2.sense };
}
function issuerJson({ issuer: issuer3, change: change2, widens: widens2 }) {
  return { issuer: issuer3, change: change2, widens: widens2 };
}

// shared/policy/plan-unchanged.ts
function unchangedGrants(base, head) {
  if (!isAlike(base.issuers, head.issuers) || !isAlike(base.guardrails, head.guardrails)) return () => false;
  if (base.settings.max_ttl !== head.settings.max_ttl) return () => false;
  const isSameWorkload = alikeByName(base.workloads, head.workloads);
  const isSameConnection = alikeByName(base.connections, head.connections);
  return (name) => {
    const grant3 = entryOf(head.grants, name);
    if (grant3 === void 0 || !isAlike(entryOf(base.grants, name), grant3)) return false;
    return isSameConnection(grant3.connection) && grant3.allow.every(({ workload: workload3 }) => isSameWorkload(workload3));
  };
}
function alikeByName(base, head) {
  const known = /* @__PURE__ */ new Map();
  return (name) => {
    const answer2 = known.get(name) ?? isAlike(entryOf(base, name), entryOf(head, name));
    known.set(name, answer2);
    return answer2;
  };
}
function isAlike(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

// shared/policy/replay-report.ts
var flip = looseObject({
  grant: string2(),
  repository: string2(),
  from: string2(),
  to: string2(),
  asks: int(),
  decision: string2(),
  at: string2()
});
var replayedSchema = looseObject({
  base: string2(),
  replay: looseObject({ days: int(), since: string2(), sampled: boolean2(), asks: int(), changed: int(), flips: array(flip) })
});
var MAX_LISTED = 50;
function replayText(replayed) {
  const lines = replayed.replay.flips.map(
    (one) => `  ${one.to === "refuse" ? "-" : "+"} ${printable2(one.grant)} for ${printable2(one.repository)}: ${outcomeText(one)}, such as decision ${printable2(one.decision)}`
  );
  return `${[`${countedText(replayed)} (${printable2(replayed.base)})${sampledText(replayed)}`, ...lines].join("\n")}
`;
}
function replayMarkdown(replayed) {
  const { flips } = replayed.replay;
  const lines = flips.slice(0, MAX_LISTED).map(
    (one) => `- ${one.to === "refuse" ? "➖" : "➕"} ${code(one.grant)} for ${code(one.repository)}: ${outcomeText(one)}, such as decision ${code(one.decision)}`
  );
  const more = flips.length > MAX_LISTED ? [`- … and ${flips.length - MAX_LISTED} more: \`jobpass plan --broker\` lists them all`] : [];
  const list4 = lines.length === 0 ? [] : [[...lines, ...more].join("\n")];
  return `${["#### Recorded asks", `${countedText(replayed)} (${code(replayed.base)})${sampledText(replayed)}.`, ...list4].join("\n\n")}
`;
}
function countedText({ replay: { days, asks, changed } }) {
  return `${changed} of ${asks} asks of the last ${days} days would be decided otherwise than under the active policy`;
}
function sampledText({ replay: { sampled } }) {
  return sampled ? "; the newest stand for more" : "";
}
function outcomeText({ asks, to }) {
  return `${asks} would be ${to === "refuse" ? "refused" : "allowed"}`;
}

// cli/policy-source.ts
import { createHash as createHash6 } from "node:crypto";
import { readFile as readFile8, stat as stat5 } from "node:fs/promises";
import { resolve as resolve10 } from "node:path";

// cli/git-folder.ts
import { execFile } from "node:child_process";
var MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
var TREE_ENTRY = /^([0-7]{6}) ([a-z]+) ([0-9a-f]+)\t(.*)$/s;
function gitPlaceOf(text4, repository2) {
  const colon = text4.indexOf(":");
  if (colon <= 0 || text4.startsWith("-")) return void 0;
  const folder = text4.slice(colon + 1).replace(/^(?:\.?\/)+/, "").replace(/\/+$/, "");
  return { repository: repository2, revision: text4.slice(0, colon), folder: folder === "." ? "" : folder };
}
async function readGitFolder(place3) {
  const name = `${place3.revision}:${place3.folder}`;
  const tree = await git(place3.repository, ["ls-tree", "-r", "-z", "--full-tree", name]);
  if (!tree.ok) return err(`${name}: ${tree.error}`);
  const entries = treeEntries(tree.value.toString("utf8"));
  const linked = entries.find(({ mode }) => mode === "120000");
  if (linked !== void 0) return err(`${name}: ${linked.path} is a symbolic link: in a revision only files are read`);
  if (entries.length === 0) return err(`${name}: no *.yaml or *.yml file below this folder`);
  const blobs = await git(place3.repository, ["cat-file", "--batch"], `${entries.map(({ id: id4 }) => id4).join("\n")}
`);
  if (!blobs.ok) return err(`${name}: ${blobs.error}`);
  return filesOf(entries, blobs.value, name);
}
function treeEntries(listing) {
  return listing.split("\0").flatMap((text4) => {
    const [, mode = "", sort = "", id4 = "", path = ""] = TREE_ENTRY.exec(text4) ?? [];
    return sort === "blob" && isPolicyPath(path) ? [{ mode, id: id4, path }] : [];
  });
}
function filesOf(entries, batch, name) {
  const files = [];
  let at = 0;
  for (const { path } of entries) {
    const lineEnd = batch.indexOf(10, at);
    const size = Number(/^[0-9a-f]+ blob ([0-9]+)$/.exec(batch.toString("utf8", at, lineEnd))?.[1] ?? Number.NaN);
    if (lineEnd < 0 || Number.isNaN(size)) return err(`${name}: git did not give ${path}`);
    const text4 = decode4(batch.subarray(lineEnd + 1, lineEnd + 1 + size));
    if (text4 === void 0) return err(`${name}/${path}: not UTF-8 text`);
    files.push({ name: path, text: text4 });
    at = lineEnd + 1 + size + 1;
  }
  return ok(files);
}
function decode4(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return void 0;
  }
}
function git(repository2, args, input = "") {
  const options = {
    cwd: repository2,
    encoding: "buffer",
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...process.env, GIT_NO_LAZY_FETCH: "1", GIT_OPTIONAL_LOCKS: "0", GIT_NO_REPLACE_OBJECTS: "1" }
  };
  return new Promise((resolve12) => {
    const child = execFile("git", [...args], options, (error2, stdout, stderr) => {
      if (error2 === null) resolve12(ok(stdout));
      else resolve12(err(stderr.toString("utf8").trim().split("\n")[0] || error2.message));
    });
    child.stdin?.on("error", () => void 0);
    child.stdin?.end(input);
  });
}

// cli/policy-source.ts
async function readPolicySource(source, { cwd, repository: repository2 }) {
  const sort = await sortOf(resolve10(cwd, source));
  if (sort === "file") return compiledPolicy(source, cwd);
  const place3 = gitPlaceOf(source, resolve10(cwd, repository2));
  const files = sort === "nothing" && place3 !== void 0 ? await readGitFolder(place3) : await readPolicyFolder(source, cwd);
  return files.ok ? policyOf(files.value, source) : err(`${files.error}
`);
}
async function sortOf(path) {
  try {
    return (await stat5(path)).isDirectory() ? "folder" : "file";
  } catch {
    return "nothing";
  }
}
function policyOf(files, source) {
  const read2 = readPolicyFiles(files);
  return read2.ok ? ok(loaded(read2.document)) : err(`${source} has errors:
${read2.findings.map(textLine).join("")}`);
}
async function compiledPolicy(source, cwd) {
  const text4 = await textOf2(resolve10(cwd, source));
  const json3 = text4 === void 0 ? err("not readable") : parseStrictJson(text4);
  if (!json3.ok) return err(`${source}: expected the JSON that jobpass compile prints: ${json3.error}
`);
  const checked = checkDocument(json3.value);
  if (checked.ok) return ok(loaded(checked.document));
  const lines = checked.problems.map(({ path, severity, id: id4, message: message2 }) => `${formatPath(path)}: ${severity} ${id4}: ${message2}
`);
  return err(`${source} has errors:
${lines.join("")}`);
}
async function textOf2(path) {
  try {
    return await readFile8(path, "utf8");
  } catch {
    return void 0;
  }
}
function loaded(document) {
  const digest2 = policyDigest(compilePolicy(document), (text4) => createHash6("sha256").update(text4).digest("hex"));
  return { document, policy: loadPolicy(document, digest2) };
}

// cli/replaying.ts
async function requestReplay({ broker, days, compiled }, idToken2) {
  const token = await idToken2(broker);
  if (!token.ok) return err([token.error]);
  const headers = { authorization: `Bearer ${token.value}`, "content-type": "application/json" };
  const answer2 = await callBroker(broker, `/policy/plan?days=${days}`, { method: "POST", headers, body: compiled });
  if (!answer2.ok) return err([answer2.error]);
  const read2 = replayedSchema.safeParse(jsonOf2(answer2.value));
  return answer2.value.status === 200 && read2.success ? ok(read2.data) : err(problemLines(answer2.value));
}

// cli/commands/plan.ts
var planHelp = `jobpass plan BASE HEAD [--format text|json|markdown] [--fail-on widen|any|none] [--repo DIR]
             [--broker URL [--days N]]

Compares what two policies allow, not their text: for each grant who can newly get it and who no longer can, each with a
token that the two answer differently, and how scope, lifetime, limits and connection changed. The answer is exact.

BASE and HEAD are each a folder, a file that \`jobpass compile\` wrote, or REV:DIR: the folder DIR, from the root of the
repository, in the git revision REV. Revisions are read as data; nothing is checked out.

  --format text      for people (default)
  --format json      {"base","head","grants":[...]}; a witness is a payload that \`jobpass explain\` takes as it is
  --format markdown  for a pull request
  --fail-on widen    exit 3 when somebody can newly get a grant, or a scope is wider or a ttl longer
  --fail-on any      exit 3 when anything changed
  --fail-on none     never (default)
  --repo DIR         the git repository; default: that of the current directory
  --broker URL       also asks this broker how the asks it recorded would be decided under HEAD; it needs the ID token of a
                     publisher or auditor, and changes nothing there
  --days N           how many days of asks (default 7, at most 90)

Exit: 0 compared · 3 the change named by --fail-on is there · 2 could not run (a policy has errors, a revision is not there).
`;
var SPEC9 = {
  operands: ["BASE", "HEAD"],
  options: { format: "value", "fail-on": "value", repo: "value", broker: "value", days: "value" }
};
var FORMATS2 = {
  text: (plan, replay) => planText(plan) + (replay === void 0 ? "" : `
${replayText(replay)}`),
  json: (plan, replay) => replay === void 0 ? planJson(plan) : withReplay(planJson(plan), replay),
  markdown: (plan, replay) => planMarkdown(plan) + (replay === void 0 ? "" : `
${replayMarkdown(replay)}`)
};
function isKey(name, of) {
  return Object.hasOwn(of, name);
}
async function planCommand(args, io) {
  const read2 = readOptions(args, SPEC9);
  if (!read2.ok) return usageError(io, "plan", read2.error);
  const { operands, option } = read2.value;
  const format = option("format") ?? "text";
  const wanted = option("fail-on") ?? "none";
  const failOn = FAIL_ON.find((name) => name === wanted);
  if (!isKey(format, FORMATS2)) return usageError(io, "plan", [`--format: text, json or markdown, not ${JSON.stringify(format)}`]);
  if (failOn === void 0) return usageError(io, "plan", [`--fail-on: widen, any or none, not ${JSON.stringify(wanted)}`]);
  const sources = { cwd: io.cwd, repository: option("repo") ?? "." };
  const [base, head] = await Promise.all(operands.map((source) => readPolicySource(source, sources)));
  if (base?.ok !== true || head?.ok !== true) {
    return cannot3(
      io,
      [base, head].flatMap((side) => side?.ok === false ? [side.error.trimEnd()] : [])
    );
  }
  const plan = compare5(base.value, head.value);
  if (!plan.ok) return cannot3(io, [plan.error]);
  const replay = await replayOf(option("broker"), option("days") ?? "7", head.value);
  if (!replay.ok) return cannot3(io, replay.error);
  io.stdout(FORMATS2[format](plan.value, replay.value));
  return isFailing(plan.value, failOn) ? EXIT.changed : EXIT.success;
}
function cannot3(io, problems) {
  for (const problem of problems) io.stderr(`jobpass plan: ${problem}
`);
  return EXIT.couldNotRun;
}
function compare5(base, head) {
  const plan = planPolicies(base.policy, head.policy, unchangedGrants(base.document, head.document));
  if (plan.ok) return plan;
  return err(`the patterns of grant ${plan.error.grant} are too entangled to compare exactly, so nothing is said: simplify them`);
}
function withReplay(json3, { replay }) {
  return `${JSON.stringify({ ...JSON.parse(json3), replay }, null, 2)}
`;
}
async function replayOf(broker, days, head) {
  if (broker === void 0) return ok(void 0);
  const origin = brokerOrigin(broker);
  if (!origin.ok) return err([origin.error]);
  if (!/^[0-9]{1,2}$/.test(days)) return err([`--days: a whole number up to 90, not ${JSON.stringify(days)}`]);
  return requestReplay({ broker: origin.value, days, compiled: compilePolicy(head.document) }, runnerIdTokens(process.env));
}

// cli/commands/proposals.ts
var proposalsHelp = `jobpass proposals --broker URL [--format text|json] [--audience AUD]

Lists what one person proposed and another must confirm, with \`jobpass confirm ID\`. To see what a proposed policy does, compare:
its digest is what \`jobpass compile DIR --digest\` prints for its source.

  --broker URL     origin of the broker
  --format json    {"proposals":[{"proposal","act","by","expires_at",…}]}
  --audience AUD   the aud of the ID token (default: the broker's origin)

Runs as a publisher, operator or auditor.
Exit: 0 listed · 2 could not run · 4 the broker refused.
`;
var SPEC10 = { operands: [], options: { broker: "required", format: "value", audience: "value" } };
var listed = looseObject({ proposals: array(proposalSchema) });
async function proposalsCommand(args, io) {
  const read2 = readOptions(args, SPEC10);
  if (!read2.ok) return usageError(io, "proposals", read2.error);
  const { option } = read2.value;
  const format = option("format") ?? "text";
  if (format !== "text" && format !== "json") return usageError(io, "proposals", [`--format: text or json, not ${JSON.stringify(format)}`]);
  const caller = callerOf(read2.value);
  if (!caller.ok) return usageError(io, "proposals", [caller.error]);
  const answer2 = await askAs(caller.value, "/proposals");
  if (!answer2.ok) return tellNotDone("proposals", answer2.error, io);
  const open2 = listed.safeParse(jsonOf2(answer2.value));
  if (!open2.success) return tellNotDone("proposals", { by: "nobody", lines: ["the broker does not answer with proposals"] }, io);
  if (format === "json") io.stdout(`${JSON.stringify(open2.data, null, 2)}
`);
  else
    for (const one of open2.data.proposals)
      io.stdout(`${one.proposal} until ${printable(one.expires_at)} by ${printable(one.by ?? "")}
  ${whatText(one)}
`);
  if (format === "text" && open2.data.proposals.length === 0) io.stderr("Nothing waits for a second person.\n");
  return EXIT.success;
}

// cli/commands/publish.ts
import { resolve as resolve11 } from "node:path";
var publishHelp = `jobpass publish DIR --broker URL [--replaces DIGEST] [--force REASON] [--audience AUD]
jobpass publish --rollback DIGEST --broker URL [the same options]

Publishes the policy of DIR and prints its digest. It is in force everywhere when the command ends with 0.

  --broker URL       origin of the broker
  --rollback DIGEST  instead of DIR: a policy that this broker had published before; its source is not needed.
                     \`jobpass history\` lists them. It passes the same checks as any other
  --replaces DIGEST  the policy it replaces, sha256:… or * for the first one (default: the active one)
  --force REASON     publishes it although it takes more grants away than the broker lets go at once. The reason is recorded
  --audience AUD     the aud of the ID token (default: the broker's origin)

Runs as a publisher: the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN.
Exit: 0 published · 1 the policy has errors · 2 could not run · 4 the broker refused it ·
      6 nothing is changed yet: a second person must confirm, see \`jobpass confirm --help\`.
`;
var OPTIONS = { broker: "required", replaces: "value", force: "value", rollback: "value", audience: "value" };
var DIGEST = /^sha256:[0-9a-f]{64}$/;
async function publishCommand(args, io) {
  const isRollback = args.some((word3) => word3 === "--rollback" || word3.startsWith("--rollback="));
  const read2 = readOptions(args, { operands: isRollback ? [] : ["DIR"], options: OPTIONS });
  if (!read2.ok) return usageError(io, "publish", read2.error);
  const settings2 = readSettings2(read2.value);
  if (!settings2.ok) return usageError(io, "publish", [settings2.error]);
  const policy = await policyOf2(read2.value, io);
  if (typeof policy === "number") return policy;
  const result = await publishPolicy({ ...settings2.value, policy }, runnerIdTokens(process.env));
  if (!result.ok) return tellNotDone("publish", result.error, io);
  if (result.value.outcome === "active") {
    io.stdout(`${result.value.policy}
`);
    return EXIT.success;
  }
  io.stderr(proposedText(result.value.proposal, settings2.value.broker));
  return EXIT.proposed;
}
function readSettings2({ option }) {
  const [replaces, force, rollback] = [option("replaces"), option("force"), option("rollback")];
  const origin = brokerOrigin(option("broker") ?? "");
  if (!origin.ok) return origin;
  if (replaces !== void 0 && replaces !== "*" && !DIGEST.test(replaces)) return err("--replaces: sha256:… or *");
  if (rollback !== void 0 && !DIGEST.test(rollback)) return err("--rollback: sha256:… with 64 hex digits, as jobpass history prints it");
  return ok({
    broker: origin.value,
    audience: option("audience") ?? origin.value,
    ...replaces === void 0 ? {} : { replaces },
    ...force === void 0 ? {} : { force }
  });
}
async function policyOf2({ option, operands }, io) {
  const digest2 = option("rollback");
  if (digest2 !== void 0) return { digest: digest2 };
  const policy = await compileFolder(resolve11(io.cwd, operands[0] ?? "."));
  if (policy.ok) return { compiled: policy.value.compiled };
  io.stderr(policy.error.text);
  return policy.error.because === "findings" ? EXIT.findings : EXIT.couldNotRun;
}

// cli/revoking.ts
import { setTimeout as sleep4 } from "node:timers/promises";

// cli/broker-stream.ts
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
var silenceMs = 6e4;
var maxRefusalBytes = 1024 * 1024;
async function streamLines(url, request, onLine) {
  const { method = "GET", headers = {}, body } = request;
  const stop2 = new AbortController();
  const timer = setTimeout(() => stop2.abort(), silenceMs);
  try {
    const init = { method, headers: { "user-agent": "jobpass-cli", ...headers }, redirect: "manual", signal: stop2.signal };
    const response = await fetch(url, body === void 0 ? init : { ...init, body });
    if (response.status !== 200) {
      const text4 = await boundedText(response, maxRefusalBytes) ?? "";
      const { status, headers: answered } = response;
      return { outcome: "refused", answer: { status, text: text4, retryAfter: answered.get("retry-after"), link: answered.get("link") } };
    }
    if (response.body === null) return { outcome: "broken", why: `${url.origin} answers with no body` };
    for await (const line4 of createInterface({ input: Readable.fromWeb(response.body), crlfDelay: Number.POSITIVE_INFINITY })) {
      timer.refresh();
      if (line4 !== "") onLine(line4);
    }
    return { outcome: "ended" };
  } catch (error2) {
    const why = stop2.signal.aborted ? `nothing was heard for ${silenceMs / 1e3} s` : reason(error2);
    return { outcome: "broken", why: `${url.origin}: ${why}` };
  } finally {
    clearTimeout(timer);
  }
}

// cli/revoking.ts
var place2 = looseObject({ ledger: string2(), lease: string2() });
var line3 = discriminatedUnion("type", [
  looseObject({
    type: _enum(["ended", "already_over", "failed"]),
    lease: string2(),
    ledger: string2(),
    grant: string2(),
    workload: string2(),
    kind: string2(),
    detail: string2(),
    expires_at: string2()
  }),
  looseObject({
    type: literal("summary"),
    complete: boolean2(),
    problem: string2().optional(),
    after: place2.optional(),
    unreachable: array(string2())
  })
]);
var MAX_BROKEN_CALLS = 5;
var PAUSE_MS = 2e3;
async function revokeLeases(caller, revocation) {
  const state = { revocation, after: void 0, seen: /* @__PURE__ */ new Map(), unreachable: /* @__PURE__ */ new Set() };
  for (let broken2 = 0; broken2 <= MAX_BROKEN_CALLS; ) {
    const call2 = await oneCall(caller, state);
    if (call2.outcome === "over") return outcomeOf2(state, call2);
    revocation.onAgain(call2.lines[0] ?? "");
    if (call2.outcome === "share_used") continue;
    broken2++;
    if (broken2 > MAX_BROKEN_CALLS) return outcomeOf2(state, call2);
    await sleep4(PAUSE_MS);
  }
  return outcomeOf2(state, { lines: [] });
}
function outcomeOf2({ seen, unreachable }, { lines }) {
  if (seen.size === 0 && unreachable.size === 0 && lines.length > 0) return { outcome: "not_done", lines };
  return { outcome: "ran", revoked: { ...tallyOf(seen), unreachable: [...unreachable], incomplete: lines[0] ?? whyNot2(unreachable) } };
}
function whyNot2(unreachable) {
  return unreachable.size > 0 ? "some ledgers did not answer" : "";
}
function tallyOf(seen) {
  const lines = [...seen.values()];
  const failed2 = lines.filter(({ type }) => type === "failed").length;
  const livesOn = lines.filter(({ type, detail }) => type === "ended" && detail === "lives_on").length;
  return { ended: lines.length - failed2, livesOn, failed: failed2 };
}
async function oneCall(caller, state) {
  const { names, reason: reason2, onLease } = state.revocation;
  const headers = await authorized(caller, { accept: "application/x-ndjson", "content-type": "application/json" });
  if (!headers.ok) return { outcome: "over", lines: [headers.error] };
  const what = Object.keys(names).length === 0 ? { all: true } : names;
  const body = JSON.stringify({ ...what, reason: reason2, ...state.after === void 0 ? {} : { after: state.after } });
  let summary6;
  const streamed = await streamLines(new URL("/leases/revoke", caller.broker), { method: "POST", headers: headers.value, body }, (text4) => {
    const read2 = line3.safeParse(jsonOrNothing(text4));
    if (!read2.success) return;
    if (read2.data.type === "summary") {
      summary6 = read2.data;
      return;
    }
    state.seen.set(read2.data.lease, read2.data);
    onLease(read2.data);
  });
  if (streamed.outcome === "refused")
    return { outcome: streamed.answer.status >= 500 ? "broken" : "over", lines: notDone(streamed.answer).lines };
  if (summary6 === void 0) return { outcome: "broken", lines: [streamed.outcome === "broken" ? streamed.why : "the answer broke off"] };
  return afterSummary(summary6, state);
}
function afterSummary({ complete: complete2, problem, after, unreachable }, state) {
  for (const ledger of unreachable) state.unreachable.add(ledger);
  if (after === void 0) return { outcome: "over", lines: complete2 || problem === void 0 ? [] : [problem] };
  state.after = after;
  return { outcome: "share_used", lines: ["one call has done its share"] };
}
function jsonOrNothing(text4) {
  try {
    return JSON.parse(text4);
  } catch {
    return void 0;
  }
}

// cli/commands/revoke.ts
var revokeHelp = `jobpass revoke FILTERS --reason TEXT --broker URL [options]

Ends the leases that all filters fit, and with each its credential at the upstream, and shows it happen. Freeze first
(\`jobpass freeze\`): otherwise new ones are made meanwhile.

${LEASE_HELP}
  --all              every lease, instead of filters
  --reason TEXT      recorded
  --dry-run          says what would end, and how; ends nothing
${CALLER_HELP}
  --format text|json json: one line of JSON for each lease as it ends, then a summary (default: text)

In a terminal a counter runs and what fails is listed; elsewhere each lease is a line. A call that breaks is made again.
What \`lives on\` (an SSH certificate) is no lease any more, but works until its own end: nothing can end it sooner.

Runs as an operator: ${TOKEN_HELP}
Exit: 0 all ended · 1 partly: some could not be ended, or not all could be tried · 2 could not run, or the broker refused.
`;
var SPEC11 = {
  operands: [],
  options: { ...LEASE_OPTIONS, ...CALLER_OPTIONS, all: "flag", reason: "value", "dry-run": "flag", format: "value" }
};
async function revokeCommand(args, io) {
  const read2 = readOptions(args, SPEC11);
  if (!read2.ok) return usageError(io, "revoke", read2.error);
  const { option, flag: flag2 } = read2.value;
  const names = leaseNamesOf(read2.value);
  const caller = callerOf(read2.value);
  const reason2 = option("reason") ?? "";
  const problems = [...wordProblems(read2.value, names), ...caller.ok ? [] : [caller.error]];
  if (!caller.ok || problems.length > 0) return usageError(io, "revoke", problems);
  const wanted = { caller: caller.value, names, reason: reason2, isJson: option("format") === "json" };
  return flag2("dry-run") ? dryRun(wanted, io) : revoke(wanted, io);
}
function wordProblems({ option, flag: flag2 }, names) {
  const isFiltered = Object.keys(names).length > 0;
  const format = option("format") ?? "text";
  return [
    ...flag2("all") === isFiltered ? [isFiltered ? "--all, or filters, not both" : "which leases? Give a filter, or --all"] : [],
    ...option("reason") === void 0 && !flag2("dry-run") ? ["--reason is missing"] : [],
    ...format === "text" || format === "json" ? [] : ["--format: text or json"]
  ];
}
async function revoke({ caller, names, reason: reason2, isJson }, io) {
  const progress = startProgress(io, isJson);
  const onAgain = (why) => progress.say(`${why}; going on`);
  const done = await revokeLeases(caller, { names, reason: reason2, onLease: progress.tell, onAgain });
  progress.end();
  if (done.outcome === "not_done") return cannot4(io, done.lines);
  const { ended, failed: failed2, livesOn, unreachable, incomplete } = done.revoked;
  if (isJson) io.stdout(`${JSON.stringify({ type: "summary", ended, failed: failed2, lives_on: livesOn, incomplete, unreachable })}
`);
  else io.stdout(summaryText(done.revoked));
  if (incomplete !== "") io.stderr(`jobpass revoke: not every lease was tried: ${printable(incomplete)}
`);
  tellUnreachable(io, "revoke", unreachable);
  if (failed2 > 0) io.stderr("jobpass revoke: the same command tries the failed ones again\n");
  return failed2 > 0 || incomplete !== "" ? EXIT.partly : EXIT.success;
}
function summaryText({ ended, failed: failed2, livesOn }) {
  const living = livesOn === 0 ? "" : ` (of these, ${livesOn} beyond reach: working until their own end)`;
  return `${ended} ended${living}, ${failed2} failed
`;
}
function startProgress(io, isJson) {
  const counts = { ended: 0, already_over: 0, failed: 0 };
  const isLive = io.isTerminal === true && !isJson;
  const wipe = isLive ? "\r\x1B[K" : "";
  const counter = () => isLive ? `${counts.ended + counts.already_over} ended, ${counts.failed} failed …` : "";
  return {
    tell: (lease) => {
      counts[lease.type]++;
      const isNews = !isLive || lease.type === "failed" || lease.detail === "lives_on";
      if (isLive) io.stderr(wipe);
      if (isNews) io.stdout(isJson ? `${JSON.stringify(lease)}
` : leaseText(lease));
      if (isLive) io.stderr(counter());
    },
    say: (text4) => io.stderr(`${wipe}jobpass revoke: ${printable(text4)}
`),
    end: () => io.stderr(wipe)
  };
}
function leaseText({ type, lease, grant: grant3, workload: workload3, kind, detail, expires_at: ends }) {
  const what = detail === "lives_on" ? `lives on until ${ends}` : detail;
  return `${printable(`${type.replace("_", " ").padEnd(12)}  ${lease}  ${grant3}  ${workload3}  ${kind}  ${what}`)}
`;
}
var dryRunAnswer = looseObject({
  count: number2(),
  effects: record(string2(), number2()),
  leases: array(looseObject({ ...shownLease.shape, effect: string2() })),
  truncated: boolean2(),
  unreachable: array(string2())
});
var EFFECTS = /* @__PURE__ */ new Map([
  ["ends_at_upstream", "end at upstream"],
  ["ends_at_introspection", "inactive at introspection"],
  ["lives_on", "lives on"],
  ["not_yet_minted", "not minted yet"]
]);
var effectText = (effect) => EFFECTS.get(effect) ?? effect;
async function dryRun({ caller, names, reason: reason2, isJson }, io) {
  const what = Object.keys(names).length === 0 ? { all: true } : names;
  const body = JSON.stringify({ ...what, dry_run: true, ...reason2 === "" ? {} : { reason: reason2 } });
  const answer2 = await callAs(caller, "/leases/revoke", { method: "POST", headers: { "content-type": "application/json" }, body });
  if (!answer2.ok) return cannot4(io, [answer2.error]);
  if (answer2.value.status !== 200) return cannot4(io, notDone(answer2.value).lines);
  const read2 = dryRunAnswer.safeParse(jsonOf2(answer2.value));
  if (!read2.success) return cannot4(io, ["the broker answers nothing that can be read"]);
  const { count: count2, effects, leases, truncated, unreachable } = read2.data;
  if (isJson) io.stdout(`${JSON.stringify(read2.data)}
`);
  else {
    if (leases.length > 0)
      io.stdout(
        tableText(
          [...LEASE_HEADINGS, "WOULD"],
          leases.map((lease) => [...leaseRow(lease), effectText(lease.effect)])
        )
      );
    const parts = Object.entries(effects).filter(([, number3]) => number3 > 0);
    const by = parts.map(([effect, number3]) => `${number3} ${effectText(effect)}`).join(", ");
    io.stdout(`dry run: ${count2} would end${by === "" ? "" : `: ${printable(by)}`}
`);
  }
  if (truncated) io.stderr(`jobpass revoke: the list is cut after ${leases.length}
`);
  tellUnreachable(io, "revoke", unreachable);
  return unreachable.length > 0 ? EXIT.partly : EXIT.success;
}
function cannot4(io, lines) {
  for (const line4 of lines) io.stderr(`jobpass revoke: ${line4}
`);
  return EXIT.couldNotRun;
}

// shared/policy/scaffold.ts
function scaffold(policy, grantName) {
  const grant3 = policy.grant(grantName);
  if (grant3 === void 0) return err(`no grant ${JSON.stringify(grantName)} is defined`);
  const access = accessOf(policy)(grant3);
  for (const area of access.rules) {
    const allowed = allowedScenario(area, access, { policy, grant: grantName });
    const refused2 = allowed && refusedScenario(area, access, { policy, grant: grantName });
    if (allowed !== void 0 && refused2 !== void 0) return ok([allowed, refused2]);
  }
  return err(`no run was found that gets ${grantName}: see what check says of its rules`);
}
function allowedScenario(area, { guards }, asked5) {
  const found2 = findOutside(within(EVERYWHERE, area.tests), guards, area.model);
  if (typeof found2 === "string") return void 0;
  const scenario2 = scenarioOf(area, found2.run, { asked: asked5, expect: "allow" });
  return outcomeOf3(scenario2, asked5) === "allow" ? scenario2 : void 0;
}
var FIRST = ["ref", "environment"];
function refusedScenario(area, access, asked5) {
  const stated2 = statedConditions(area);
  const rank = ({ attribute: attribute2 }) => FIRST.includes(attribute2) ? FIRST.indexOf(attribute2) : FIRST.length;
  for (const condition of [...stated2].sort((a, b) => rank(a) - rank(b))) {
    for (const run3 of runsBeside(area, condition, access)) {
      const expect = { refuse: condition.attribute };
      const scenario2 = scenarioOf(area, run3, { asked: asked5, expect });
      if (outcomeOf3(scenario2, asked5).includes(condition.attribute)) return scenario2;
    }
  }
  return void 0;
}
function runsBeside(area, { attribute: attribute2, patterns }, { rules: rules2, guards }) {
  const others = area.tests.filter((test) => test.attribute !== attribute2);
  const region = without(within(EVERYWHERE, others), testOf2(attribute2, textSet(patterns)));
  const closed2 = [...guards, ...rules2.filter(({ issuer: issuer3 }) => issuer3.url === area.issuer.url)];
  const plain = attribute2 === "ref" ? [within(region, [testOf2("ref", textSet([PLAIN_BRANCH]))])] : [];
  return [...plain, region].flatMap((part2) => {
    const found2 = findOutside(part2, closed2, area.model);
    return typeof found2 === "string" ? [] : [found2.run];
  });
}
var PLAIN_BRANCH = compilePattern("refs/heads/feature", { foldCase: false, literal: true });
function testOf2(attribute2, set) {
  return { attribute: attribute2, set, key: `scaffold ${attribute2} ${set.key}` };
}
function statedConditions({ rule: rule2 }) {
  return rule2.conditions.filter(({ byDefault }) => byDefault !== true);
}
function scenarioOf(area, run3, { asked: asked5, expect }) {
  const names = /* @__PURE__ */ new Set([...statedConditions(area).map(({ attribute: attribute2 }) => attribute2), "event_name", "ref"]);
  const assumed = area.issuer.platform.complete(/* @__PURE__ */ new Map());
  const facts = [...names].flatMap((name2) => {
    const value = run3.get(name2) ?? "";
    const isStated = statedConditions(area).some(({ attribute: attribute2 }) => attribute2 === name2);
    return value === (assumed.get(name2) ?? "") && !(isStated && value !== "") ? [] : [[name2, value]];
  });
  const workload3 = area.rule.workload.name;
  const name = sentence(workload3, run3, expect === "allow" ? `gets ${asked5.grant}` : `does not get ${asked5.grant}`);
  return { name, ask: asked5.grant, as: { workload: workload3, ...Object.fromEntries(facts) }, expect };
}
function sentence(workload3, run3, outcome) {
  const fact = (name, start) => run3.has(name) ? ` ${start} ${run3.get(name)}` : "";
  return `${workload3}${fact("ref", "on")}${fact("environment", "in environment")} ${outcome}`;
}
function outcomeOf3(scenario2, { policy, grant: grant3 }) {
  const caller = scenarioCaller(scenario2, policy);
  if (caller === void 0) return [];
  const decision = decide(policy, caller, grant3);
  return decision.outcome === "allow" ? "allow" : decision.reasons.map(({ attribute: attribute2 }) => attribute2);
}
function scenariosYaml(scenarios) {
  const texts = scenarios.map(({ name, ask, as, expect }) => {
    const facts = Object.entries(as).map(([key, value]) => `${key}: ${scalar(String(value))}`);
    const expected = typeof expect === "string" ? expect : `{ refuse: ${scalar(expect.refuse)} }`;
    return `  - name: ${scalar(name)}
    ask: ${scalar(ask)}
    as: { ${facts.join(", ")} }
    expect: ${expected}
`;
  });
  return `scenarios:
${texts.join("")}`;
}
function scalar(text4) {
  return /^[A-Za-z][\w./-]*(?: [\w./-]+)*$/.test(text4) && !/^(?:null|true|false)$/i.test(text4) ? text4 : JSON.stringify(text4);
}

// cli/commands/scaffold.ts
var scaffoldHelp = `jobpass scaffold DIR --grant NAME

Prints two scenarios for a grant: a run that gets it, and one that differs in a single fact and does not. Both pass as they are; make them those you mean.

  jobpass scaffold policy --grant deploy-docs > policy/scenarios/deploy-docs.yaml

Exit: 0 printed · 2 could not run (the policy has errors, there is no such grant, nobody can get it).
`;
var SPEC12 = { operands: ["DIR"], options: { grant: "required" } };
async function scaffoldCommand(args, io) {
  const read2 = readOptions(args, SPEC12);
  if (!read2.ok) return usageError(io, "scaffold", read2.error);
  const folder = await readLoadedFolder(read2.value.operands[0] ?? ".", io.cwd);
  const { loaded: loaded2, findings: findings2 } = folder.ok ? folder.value : { loaded: void 0, findings: [] };
  if (loaded2 === void 0) {
    io.stderr(folder.ok ? findings2.map(textLine).join("") : `jobpass scaffold: ${folder.error}
`);
    return EXIT.couldNotRun;
  }
  const pair = scaffold(loaded2.policy, read2.value.option("grant") ?? "");
  if (!pair.ok) {
    io.stderr(`jobpass scaffold: ${pair.error}
`);
    return EXIT.couldNotRun;
  }
  io.stdout(scenariosYaml(pair.value));
  return EXIT.success;
}

// shared/policy/json-schema.ts
function policyJsonSchema() {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Jobpass policy",
    description: "One file of a policy folder. Records merge across files; jobpass stands in one of them.",
    type: "object",
    properties: {
      jobpass: { const: LANGUAGE_VERSION, description: "The version of the language, once in all files together." },
      settings: { ...schemaOf(settingsSchema), description: "What holds for every grant." },
      issuers: section2("Whose tokens are heard at all.", issuerRecord()),
      workloads: section2("Who: callers by what they are.", replaced(schemaOf(SECTIONS.workloads), { is: conditions(NOT_IDENTITY2) })),
      connections: section2("How: one upstream each, one root secret each.", connectionRecord()),
      grants: section2("May: what a workflow asks for by name.", grantRecord()),
      guardrails: section2("Must never: wins over every rule.", replaced(schemaOf(SECTIONS.guardrails), { forbid: conditions() })),
      scenarios: { type: "array", description: "The policy's own tests.", items: scenarioRecord() }
    },
    additionalProperties: false,
    definitions: definitions()
  };
}
var NOT_IDENTITY2 = ["event_name"];
function schemaOf(definition) {
  const {
    $schema: _version,
    definitions: _definitions,
    ...schema
  } = toJSONSchema(definition, {
    target: "draft-7",
    io: "input",
    unrepresentable: "any"
  });
  const plain = JSON.parse(JSON.stringify(schema));
  if (!isJsonObject(plain)) throw new TypeError("a definition of the language is no mapping");
  return plain;
}
function section2(description, record2) {
  return { type: "object", description, propertyNames: { pattern: NAME2.source }, additionalProperties: record2 };
}
function replaced(schema, by) {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const kept5 = Object.entries(by).map(([name, value]) => {
    const before = properties[name];
    const description = isJsonObject(before) ? before.description : void 0;
    return [name, description === void 0 ? value : { ...value, description }];
  });
  return { ...schema, properties: { ...properties, ...Object.fromEntries(kept5) } };
}
function issuerRecord() {
  const keys = { type: "array", minItems: 1, items: { type: "object", required: ["kty"] } };
  return replaced(schemaOf(SECTIONS.issuers), {
    jwks: { type: "object", properties: { keys }, required: ["keys"], additionalProperties: false }
  });
}
function connectionRecord() {
  const { properties, required: required2, ...common } = schemaOf(SECTIONS.connections);
  const shared = isJsonObject(properties) ? properties : {};
  const branch = (name) => {
    const own2 = schemaOf(kindOf(name).connection);
    const members2 = { ...shared, ...isJsonObject(own2.properties) ? own2.properties : {} };
    return {
      if: { properties: { kind: { const: name } }, required: ["kind"] },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
      then: { properties: { ...members2, kind: { const: name } }, required: own2.required ?? [], additionalProperties: false }
    };
  };
  return { ...common, properties: { ...shared, kind: { enum: [...KIND_NAMES] } }, required: required2 ?? [], allOf: KIND_NAMES.map(branch) };
}
function grantRecord() {
  const scopes = KIND_NAMES.map((name) => ({ title: `scope of ${name}`, ...schemaOf(kindOf(name).scope) }));
  const rule2 = {
    ...conditions(),
    properties: { workload: { type: "string", description: "The workload this rule is for." }, ...attributes("condition") },
    required: ["workload"],
    minProperties: 2
  };
  return replaced(schemaOf(SECTIONS.grants), { scope: { anyOf: scopes }, allow: { type: "array", minItems: 1, items: rule2 } });
}
function scenarioRecord() {
  const facts = {
    type: "object",
    properties: { workload: { type: "string", description: "The workload that asks." }, ...attributes("fact") },
    patternProperties: families(factSchema),
    required: ["workload"],
    additionalProperties: false
  };
  return replaced(schemaOf(scenarioSchema), { as: facts });
}
function conditions(excluded = []) {
  return {
    type: "object",
    properties: attributes("condition", excluded),
    patternProperties: families(conditionSchema),
    minProperties: 1,
    additionalProperties: false
  };
}
var ALL_PLATFORMS = PLATFORM_NAMES.map((name) => platforms[name]);
var FORMS = new Map(
  [...ALL_PLATFORMS].reverse().flatMap(
    (platform) => platform.attributeNames.flatMap((name) => {
      const form = platform.attribute(name);
      return form === void 0 ? [] : [[name, form]];
    })
  )
);
function attributes(use2, excluded = []) {
  const names = [...FORMS.keys()].filter((name) => !excluded.includes(name));
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${use2}-${name}` }]));
}
function definitions() {
  const entries = [...FORMS].flatMap(([name, form]) => [
    [`condition-${name}`, conditionSchema(form)],
    [`fact-${name}`, factSchema(form)]
  ]);
  return Object.fromEntries(entries);
}
var OPEN_FAMILIES = ["repo_property_"];
function families(write) {
  return Object.fromEntries(
    OPEN_FAMILIES.flatMap((start) => {
      const form = ALL_PLATFORMS.map((platform) => platform.attribute(`${start}x`)).find((found2) => found2 !== void 0);
      return form === void 0 ? [] : [[`^${start}`, write(form)]];
    })
  );
}
function conditionSchema(form) {
  const one = valueSchema(form);
  return { description: form.about, anyOf: [one, { type: "array", minItems: 1, items: one }] };
}
function factSchema(form) {
  return { description: form.about, anyOf: [valueSchema({ ...form, match: "pattern" }), { const: "" }] };
}
function valueSchema({ form, match, values, prefix }) {
  if (form === "boolean") return { enum: [true, false, "true", "false"] };
  if (form === "word") return { enum: [...values ?? []] };
  if (form === "id") return { type: "string", pattern: "^[1-9][0-9]*$" };
  const start = prefix === void 0 ? "" : `(?=${prefix}|\\*)`;
  const units = match === "exact" ? "[^*]" : ".";
  return { type: "string", maxLength: MAX_PATTERN_LENGTH, pattern: `^${start}${units}+$` };
}

// cli/commands/schema.ts
var schemaHelp = `jobpass schema

Prints the JSON Schema (draft 7) of policy files. An editor with a YAML language server uses it for a file that begins with
# yaml-language-server: $schema=PATH-OR-URL

Exit: 0 · 2 could not run.
`;
var SPEC13 = { operands: [], options: {} };
async function schemaCommand(args, io) {
  const read2 = readOptions(args, SPEC13);
  if (!read2.ok) return usageError(io, "schema", read2.error);
  io.stdout(`${JSON.stringify(policyJsonSchema(), null, 2)}
`);
  return EXIT.success;
}

// cli/main.ts
var COMMANDS = /* @__PURE__ */ new Map([
  ["check", { about: "find every error in a policy, lint it and run its scenarios", help: checkHelp, run: checkCommand }],
  ["explain", { about: "say what a policy decides for a token, and why", help: explainHelp, run: explainCommand }],
  ["plan", { about: "show who gains and who loses access between two policies", help: planHelp, run: planCommand }],
  ["pin", { about: "write the ids of owners and repositories beside their names", help: pinHelp, run: pinCommand }],
  ["scaffold", { about: "print a pair of scenarios for a grant to start from", help: scaffoldHelp, run: scaffoldCommand }],
  ["schema", { about: "print the JSON Schema of policy files, for editors", help: schemaHelp, run: schemaCommand }],
  ["compile", { about: "print the canonical JSON of a policy, or its digest", help: compileHelp, run: compileCommand }],
  ["publish", { about: "make a policy the active one of a broker", help: publishHelp, run: publishCommand }],
  ["history", { about: "list the policies a broker had, and who published them", help: historyHelp, run: historyCommand }],
  ["proposals", { about: "list what waits for a second person", help: proposalsHelp, run: proposalsCommand }],
  ["confirm", { about: "do, as the second person, what another proposed", help: confirmHelp, run: confirmCommand }],
  ["exchange", { about: "exchange this job's ID token for a credential", help: exchangeHelp, run: exchangeCommand }],
  ["dev", { about: "run a whole broker on this machine", help: devHelp, run: devCommand }],
  ["freeze", { about: "stop new credentials, everywhere and at once", help: freezeHelp, run: freezeCommand }],
  ["thaw", { about: "take a freeze back", help: thawHelp, run: thawCommand }],
  ["freezes", { about: "list the freezes in force", help: freezesHelp, run: freezesCommand }],
  ["leases", { about: "list the credentials that are out", help: leasesHelp, run: leasesCommand }],
  ["revoke", { about: "end credentials that are out, or say which would end", help: revokeHelp, run: revokeCommand }],
  ["inventory", { about: "show every grant, workload and connection, its owner and its use", help: inventoryHelp, run: inventoryCommand }],
  ["report", { about: "print an access review, as Markdown or CSV", help: reportHelp, run: reportCommand }],
  ["ledger", { about: "export, search or follow a ledger, or verify an export", help: ledgerHelp, run: ledgerCommand }],
  ["keys", { about: "list, rotate, revoke and reseal a broker's own keys", help: keysHelp, run: keysCommand }]
]);
var HELP_WORDS = ["--help", "-h", "help"];
function overview() {
  const lines = [...COMMANDS].map(([name, { about }]) => `  ${name.padEnd(10)}${about}`);
  return `jobpass ${VERSION}: exchanges a CI job's ID token for a credential made for that job alone.

jobpass COMMAND [arguments]

${lines.join("\n")}

\`jobpass COMMAND --help\` says more about one of them. \`jobpass --version\` prints the version.
`;
}
async function main(args, io) {
  const [first, ...rest] = args;
  if (first === void 0) {
    io.stderr(overview());
    return EXIT.couldNotRun;
  }
  if (first === "--version") {
    io.stdout(`${VERSION}
`);
    return EXIT.success;
  }
  const asksForHelp = HELP_WORDS.includes(first);
  const name = asksForHelp ? rest[0] : first;
  if (name === void 0) {
    io.stdout(overview());
    return EXIT.success;
  }
  const command2 = COMMANDS.get(name);
  if (command2 === void 0) {
    io.stderr(`jobpass: no command ${JSON.stringify(name)}${suggestion(name, COMMANDS.keys())}
Run \`jobpass --help\` for all of them.
`);
    return EXIT.couldNotRun;
  }
  if (!asksForHelp && !rest.some((word3) => word3 === "--help" || word3 === "-h")) return command2.run(rest, io);
  io.stdout(command2.help);
  return EXIT.success;
}
process.stdout.on("error", (error2) => {
  if (!("code" in error2) || error2.code !== "EPIPE") throw error2;
});
var terminal = {
  stdout: (text4) => void process.stdout.write(text4),
  stderr: (text4) => void process.stderr.write(text4),
  cwd: process.cwd(),
  isTerminal: process.stderr.isTTY === true
};
try {
  process.exitCode = await main(process.argv.slice(2), terminal);
} catch (error2) {
  terminal.stderr(`jobpass: this is a bug, please report it
${error2 instanceof Error ? error2.stack ?? error2.message : String(error2)}
`);
  process.exitCode = EXIT.couldNotRun;
}
