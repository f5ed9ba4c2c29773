// @ts-nocheck
// Generated from ../error.schema.json by `npm run generate`; do not edit.
import type { Validator } from '../validator.ts';
import type { BusError, BusErrorCode, BusErrorData, BusErrorName } from './error.ts';

/** Whether a value is a {@link BusErrorName}; `errors` then says what is wrong. */
export const validateBusErrorName: Validator<BusErrorName> = validate0;
const schema1 = {"enum":["PARSE_ERROR","INVALID_REQUEST","INVALID_PARAMS","WORKER_LOST","UNAVAILABLE","DRAINING","UNKNOWN_POOL","OVERLOADED","FRAME_TOO_LARGE","DEADLINE_EXCEEDED"]};

function validate0(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate0.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!((((((((((data === "PARSE_ERROR") || (data === "INVALID_REQUEST")) || (data === "INVALID_PARAMS")) || (data === "WORKER_LOST")) || (data === "UNAVAILABLE")) || (data === "DRAINING")) || (data === "UNKNOWN_POOL")) || (data === "OVERLOADED")) || (data === "FRAME_TOO_LARGE")) || (data === "DEADLINE_EXCEEDED"))){
validate0.errors = [{instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema1.enum},message:"must be equal to one of the allowed values"}];
return false;
}
validate0.errors = vErrors;
return errors === 0;
}
validate0.evaluated = {"dynamicProps":false,"dynamicItems":false};

/** Whether a value is a {@link BusErrorCode}; `errors` then says what is wrong. */
export const validateBusErrorCode: Validator<BusErrorCode> = validate2;
const schema3 = {"enum":[-32700,-32600,-32602,-32050,-32051,-32052,-32053,-32054,-32055,-32056]};

function validate2(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate2.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!((((((((((data === -32700) || (data === -32600)) || (data === -32602)) || (data === -32050)) || (data === -32051)) || (data === -32052)) || (data === -32053)) || (data === -32054)) || (data === -32055)) || (data === -32056))){
validate2.errors = [{instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema3.enum},message:"must be equal to one of the allowed values"}];
return false;
}
validate2.errors = vErrors;
return errors === 0;
}
validate2.evaluated = {"dynamicProps":false,"dynamicItems":false};

/** Whether a value is a {@link BusErrorData}; `errors` then says what is wrong. */
export const validateBusErrorData: Validator<BusErrorData> = validate4;
const schema5 = {"type":"object","required":["source","name","retryable","delivered"],"properties":{"source":{"const":"bus"},"name":{"$ref":"#/$defs/BusErrorName"},"retryable":{"type":"boolean"},"delivered":{"type":"boolean"}}};

function validate6(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate6.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!((((((((((data === "PARSE_ERROR") || (data === "INVALID_REQUEST")) || (data === "INVALID_PARAMS")) || (data === "WORKER_LOST")) || (data === "UNAVAILABLE")) || (data === "DRAINING")) || (data === "UNKNOWN_POOL")) || (data === "OVERLOADED")) || (data === "FRAME_TOO_LARGE")) || (data === "DEADLINE_EXCEEDED"))){
validate6.errors = [{instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema1.enum},message:"must be equal to one of the allowed values"}];
return false;
}
validate6.errors = vErrors;
return errors === 0;
}
validate6.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate4(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate4.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.source === undefined) && (missing0 = "source")) || ((data.name === undefined) && (missing0 = "name"))) || ((data.retryable === undefined) && (missing0 = "retryable"))) || ((data.delivered === undefined) && (missing0 = "delivered"))){
validate4.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.source !== undefined){
const _errs1 = errors;
if("bus" !== data.source){
validate4.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/const",keyword:"const",params:{allowedValue: "bus"},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
const _errs2 = errors;
if(!(validate6(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors);
errors = vErrors.length;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.retryable !== undefined){
const _errs3 = errors;
if(typeof data.retryable !== "boolean"){
validate4.errors = [{instancePath:instancePath+"/retryable",schemaPath:"#/properties/retryable/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.delivered !== undefined){
const _errs5 = errors;
if(typeof data.delivered !== "boolean"){
validate4.errors = [{instancePath:instancePath+"/delivered",schemaPath:"#/properties/delivered/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate4.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate4.errors = vErrors;
return errors === 0;
}
validate4.evaluated = {"props":{"source":true,"name":true,"retryable":true,"delivered":true},"dynamicProps":false,"dynamicItems":false};

/** Whether a value is a {@link BusError}; `errors` then says what is wrong. */
export const validateBusError: Validator<BusError> = validate7;
const schema8 = {"type":"object","required":["code","message","data"],"properties":{"code":{"$ref":"#/$defs/BusErrorCode"},"message":{"type":"string"},"data":{"$ref":"#/$defs/BusErrorData"}},"anyOf":[{"properties":{"code":{"const":-32700},"data":{"type":"object","properties":{"name":{"const":"PARSE_ERROR"}}}}},{"properties":{"code":{"const":-32600},"data":{"type":"object","properties":{"name":{"const":"INVALID_REQUEST"}}}}},{"properties":{"code":{"const":-32602},"data":{"type":"object","properties":{"name":{"const":"INVALID_PARAMS"}}}}},{"properties":{"code":{"const":-32050},"data":{"type":"object","properties":{"name":{"const":"WORKER_LOST"}}}}},{"properties":{"code":{"const":-32051},"data":{"type":"object","properties":{"name":{"const":"UNAVAILABLE"}}}}},{"properties":{"code":{"const":-32052},"data":{"type":"object","properties":{"name":{"const":"DRAINING"}}}}},{"properties":{"code":{"const":-32053},"data":{"type":"object","properties":{"name":{"const":"UNKNOWN_POOL"}}}}},{"properties":{"code":{"const":-32054},"data":{"type":"object","properties":{"name":{"const":"OVERLOADED"}}}}},{"properties":{"code":{"const":-32055},"data":{"type":"object","properties":{"name":{"const":"FRAME_TOO_LARGE"}}}}},{"properties":{"code":{"const":-32056},"data":{"type":"object","properties":{"name":{"const":"DEADLINE_EXCEEDED"}}}}}]};

function validate9(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate9.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!((((((((((data === -32700) || (data === -32600)) || (data === -32602)) || (data === -32050)) || (data === -32051)) || (data === -32052)) || (data === -32053)) || (data === -32054)) || (data === -32055)) || (data === -32056))){
validate9.errors = [{instancePath,schemaPath:"#/enum",keyword:"enum",params:{allowedValues: schema3.enum},message:"must be equal to one of the allowed values"}];
return false;
}
validate9.errors = vErrors;
return errors === 0;
}
validate9.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate10.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.source === undefined) && (missing0 = "source")) || ((data.name === undefined) && (missing0 = "name"))) || ((data.retryable === undefined) && (missing0 = "retryable"))) || ((data.delivered === undefined) && (missing0 = "delivered"))){
validate10.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.source !== undefined){
const _errs1 = errors;
if("bus" !== data.source){
validate10.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/const",keyword:"const",params:{allowedValue: "bus"},message:"must be equal to constant"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
const _errs2 = errors;
if(!(validate6(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors);
errors = vErrors.length;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.retryable !== undefined){
const _errs3 = errors;
if(typeof data.retryable !== "boolean"){
validate10.errors = [{instancePath:instancePath+"/retryable",schemaPath:"#/properties/retryable/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.delivered !== undefined){
const _errs5 = errors;
if(typeof data.delivered !== "boolean"){
validate10.errors = [{instancePath:instancePath+"/delivered",schemaPath:"#/properties/delivered/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate10.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate10.errors = vErrors;
return errors === 0;
}
validate10.evaluated = {"props":{"source":true,"name":true,"retryable":true,"delivered":true},"dynamicProps":false,"dynamicItems":false};


function validate7(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate7.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = false;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
const _errs3 = errors;
if(-32700 !== data.code){
const err0 = {instancePath:instancePath+"/code",schemaPath:"#/anyOf/0/properties/code/const",keyword:"const",params:{allowedValue: -32700},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var valid1 = _errs3 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.data !== undefined){
let data1 = data.data;
const _errs4 = errors;
if(errors === _errs4){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.name !== undefined){
if("PARSE_ERROR" !== data1.name){
const err1 = {instancePath:instancePath+"/data/name",schemaPath:"#/anyOf/0/properties/data/properties/name/const",keyword:"const",params:{allowedValue: "PARSE_ERROR"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath:instancePath+"/data",schemaPath:"#/anyOf/0/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var valid1 = _errs4 === errors;
}
else {
var valid1 = true;
}
}
}
var _valid0 = _errs2 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
var props0 = {};
props0.code = true;
props0.data = true;
}
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
const _errs8 = errors;
if(-32600 !== data.code){
const err3 = {instancePath:instancePath+"/code",schemaPath:"#/anyOf/1/properties/code/const",keyword:"const",params:{allowedValue: -32600},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var valid3 = _errs8 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.data !== undefined){
let data4 = data.data;
const _errs9 = errors;
if(errors === _errs9){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.name !== undefined){
if("INVALID_REQUEST" !== data4.name){
const err4 = {instancePath:instancePath+"/data/name",schemaPath:"#/anyOf/1/properties/data/properties/name/const",keyword:"const",params:{allowedValue: "INVALID_REQUEST"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/data",schemaPath:"#/anyOf/1/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var valid3 = _errs9 === errors;
}
else {
var valid3 = true;
}
}
}
var _valid0 = _errs7 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.data = true;
}
}
const _errs12 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
const _errs13 = errors;
if(-32602 !== data.code){
const err6 = {instancePath:instancePath+"/code",schemaPath:"#/anyOf/2/properties/code/const",keyword:"const",params:{allowedValue: -32602},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var valid5 = _errs13 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data.data !== undefined){
let data7 = data.data;
const _errs14 = errors;
if(errors === _errs14){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.name !== undefined){
if("INVALID_PARAMS" !== data7.name){
const err7 = {instancePath:instancePath+"/data/name",schemaPath:"#/anyOf/2/properties/data/properties/name/const",keyword:"const",params:{allowedValue: "INVALID_PARAMS"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/data",schemaPath:"#/anyOf/2/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
var valid5 = _errs14 === errors;
}
else {
var valid5 = true;
}
}
}
var _valid0 = _errs12 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.data = true;
}
}
const _errs17 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
const _errs18 = errors;
if(-32050 !== data.code){
const err9 = {instancePath:instancePath+"/code",schemaPath:"#/anyOf/3/properties/code/const",keyword:"const",params:{allowedValue: -32050},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
var valid7 = _errs18 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data.data !== undefined){
let data10 = data.data;
const _errs19 = errors;
if(errors === _errs19){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.name !== undefined){
if("WORKER_LOST" !== data10.name){
const err10 = {instancePath:instancePath+"/data/name",schemaPath:"#/anyOf/3/properties/data/properties/name/const",keyword:"const",params:{allowedValue: "WORKER_LOST"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/data",schemaPath:"#/anyOf/3/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
var valid7 = _errs19 === errors;
}
else {
var valid7 = true;
}
}
}
var _valid0 = _errs17 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.data = true;
}
}
const _errs22 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
const _errs23 = errors;
if(-32051 !== data.code){
const err12 = {instancePath:instancePath+"/code",schemaPath:"#/anyOf/4/properties/code/const",keyword:"const",params:{allowedValue: -32051},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var valid9 = _errs23 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data.data !== undefined){
let data13 = data.data;
const _errs24 = errors;
if(errors === _errs24){
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(data13.name !== undefined){
if("UNAVAILABLE" !== data13.name){
const err13 = {instancePath:instancePath+"/data/name",schemaPath:"#/anyOf/4/properties/data/properties/name/const",keyword:"const",params:{allowedValue: "UNAVAILABLE"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/data",schemaPath:"#/anyOf/4/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
var valid9 = _errs24 === errors;
}
else {
var valid9 = true;
}
}
}
var _valid0 = _errs22 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.data = true;
}
}
const _errs27 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
const _errs28 = errors;
if(-32052 !== data.code){
const err15 = {instancePath:instancePath+"/code",schemaPath:"#/anyOf/5/properties/code/const",keyword:"const",params:{allowedValue: -32052},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var valid11 = _errs28 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data.data !== undefined){
let data16 = data.data;
const _errs29 = errors;
if(errors === _errs29){
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.name !== undefined){
if("DRAINING" !== data16.name){
const err16 = {instancePath:instancePath+"/data/name",schemaPath:"#/anyOf/5/properties/data/properties/name/const",keyword:"const",params:{allowedValue: "DRAINING"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/data",schemaPath:"#/anyOf/5/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
var valid11 = _errs29 === errors;
}
else {
var valid11 = true;
}
}
}
var _valid0 = _errs27 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.data = true;
}
}
const _errs32 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
const _errs33 = errors;
if(-32053 !== data.code){
const err18 = {instancePath:instancePath+"/code",schemaPath:"#/anyOf/6/properties/code/const",keyword:"const",params:{allowedValue: -32053},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var valid13 = _errs33 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data.data !== undefined){
let data19 = data.data;
const _errs34 = errors;
if(errors === _errs34){
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(data19.name !== undefined){
if("UNKNOWN_POOL" !== data19.name){
const err19 = {instancePath:instancePath+"/data/name",schemaPath:"#/anyOf/6/properties/data/properties/name/const",keyword:"const",params:{allowedValue: "UNKNOWN_POOL"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/data",schemaPath:"#/anyOf/6/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
var valid13 = _errs34 === errors;
}
else {
var valid13 = true;
}
}
}
var _valid0 = _errs32 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.data = true;
}
}
const _errs37 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
const _errs38 = errors;
if(-32054 !== data.code){
const err21 = {instancePath:instancePath+"/code",schemaPath:"#/anyOf/7/properties/code/const",keyword:"const",params:{allowedValue: -32054},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var valid15 = _errs38 === errors;
}
else {
var valid15 = true;
}
if(valid15){
if(data.data !== undefined){
let data22 = data.data;
const _errs39 = errors;
if(errors === _errs39){
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.name !== undefined){
if("OVERLOADED" !== data22.name){
const err22 = {instancePath:instancePath+"/data/name",schemaPath:"#/anyOf/7/properties/data/properties/name/const",keyword:"const",params:{allowedValue: "OVERLOADED"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/data",schemaPath:"#/anyOf/7/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
var valid15 = _errs39 === errors;
}
else {
var valid15 = true;
}
}
}
var _valid0 = _errs37 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.data = true;
}
}
const _errs42 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
const _errs43 = errors;
if(-32055 !== data.code){
const err24 = {instancePath:instancePath+"/code",schemaPath:"#/anyOf/8/properties/code/const",keyword:"const",params:{allowedValue: -32055},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
var valid17 = _errs43 === errors;
}
else {
var valid17 = true;
}
if(valid17){
if(data.data !== undefined){
let data25 = data.data;
const _errs44 = errors;
if(errors === _errs44){
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
if(data25.name !== undefined){
if("FRAME_TOO_LARGE" !== data25.name){
const err25 = {instancePath:instancePath+"/data/name",schemaPath:"#/anyOf/8/properties/data/properties/name/const",keyword:"const",params:{allowedValue: "FRAME_TOO_LARGE"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/data",schemaPath:"#/anyOf/8/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
var valid17 = _errs44 === errors;
}
else {
var valid17 = true;
}
}
}
var _valid0 = _errs42 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.data = true;
}
}
const _errs47 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code !== undefined){
const _errs48 = errors;
if(-32056 !== data.code){
const err27 = {instancePath:instancePath+"/code",schemaPath:"#/anyOf/9/properties/code/const",keyword:"const",params:{allowedValue: -32056},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
var valid19 = _errs48 === errors;
}
else {
var valid19 = true;
}
if(valid19){
if(data.data !== undefined){
let data28 = data.data;
const _errs49 = errors;
if(errors === _errs49){
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.name !== undefined){
if("DEADLINE_EXCEEDED" !== data28.name){
const err28 = {instancePath:instancePath+"/data/name",schemaPath:"#/anyOf/9/properties/data/properties/name/const",keyword:"const",params:{allowedValue: "DEADLINE_EXCEEDED"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/data",schemaPath:"#/anyOf/9/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
var valid19 = _errs49 === errors;
}
else {
var valid19 = true;
}
}
}
var _valid0 = _errs47 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.data = true;
}
}
if(!valid0){
const err30 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
validate7.errors = vErrors;
return false;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.code === undefined) && (missing0 = "code")) || ((data.message === undefined) && (missing0 = "message"))) || ((data.data === undefined) && (missing0 = "data"))){
validate7.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(props0 !== true){
props0 = props0 || {};
props0.code = true;
props0.message = true;
props0.data = true;
}
if(data.code !== undefined){
const _errs52 = errors;
if(!(validate9(data.code, {instancePath:instancePath+"/code",parentData:data,parentDataProperty:"code",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate9.errors : vErrors.concat(validate9.errors);
errors = vErrors.length;
}
var valid21 = _errs52 === errors;
}
else {
var valid21 = true;
}
if(valid21){
if(data.message !== undefined){
const _errs53 = errors;
if(typeof data.message !== "string"){
validate7.errors = [{instancePath:instancePath+"/message",schemaPath:"#/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid21 = _errs53 === errors;
}
else {
var valid21 = true;
}
if(valid21){
if(data.data !== undefined){
const _errs55 = errors;
if(!(validate10(data.data, {instancePath:instancePath+"/data",parentData:data,parentDataProperty:"data",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate10.errors : vErrors.concat(validate10.errors);
errors = vErrors.length;
}
var valid21 = _errs55 === errors;
}
else {
var valid21 = true;
}
}
}
}
}
else {
validate7.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate7.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate7.evaluated = {"dynamicProps":true,"dynamicItems":false};
